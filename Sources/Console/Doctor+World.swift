extension Doctor {
  static func multiplexer(_ facts: Facts) -> [Finding] {
    if let tmux = facts.tmux { return self.tmux(tmux) }
    if facts.isInScreen {
      return [
        Finding(
          .multiplexer, "screen", "copied text, in pieces, and desktop notices go through it")
      ]
    }
    return [Finding(.multiplexer, "none", "keys and copied text go straight to the terminal")]
  }

  /// Where links lead to is told by OSC 8.
  static func links(_ terminal: Terminal) -> Finding {
    let reason = terminal.areLinksSet ? "as links says" : "as far as the terminal is known"
    return Finding(
      .terminal, "links",
      terminal.takesLinks
        ? "the terminal is told where they lead, \(reason)"
        : "the terminal is not told where they lead, \(reason)"
          + (terminal.areLinksSet ? "" : "; links: on does"))
  }

  private static func tmux(_ tmux: Tmux) -> [Finding] {
    guard !tmux.options.isEmpty else {
      return [
        Finding(
          .multiplexer, "tmux", tmux.version,
          .warn(advice: "it does not answer for its options: TMUX may be of another session"))
      ]
    }
    func option(
      _ name: String, _ advice: String, _ isGood: (String) -> Bool
    ) -> Finding? {
      tmux.options[name].map { value in
        Finding(
          .multiplexer, name, value.isEmpty ? "off" : value,
          isGood(value) ? .ok : .warn(advice: advice))
      }
    }
    return [
      Finding(
        .multiplexer, "tmux", tmux.version,
        tmux.offersBuffers
          ? .ok : .warn(advice: "y fills tmux's own buffer only; from 3.2 on, the clipboard too")),
      // The command by which y asks tmux works with any value.
      tmux.options["set-clipboard"].map {
        Finding(.multiplexer, "set-clipboard", "\($0.isEmpty ? "off" : $0); y needs none of it")
      },
      option("allow-passthrough", "for desktop notices: tmux set -g allow-passthrough on") {
        ["on", "all", "1"].contains($0)
      },
      option("escape-time", "Esc is held back so long: tmux set -s escape-time 10") {
        Int($0).map { $0 <= 50 } ?? true
      },
      option("default-terminal", "fewer colours: tmux set -g default-terminal tmux-256color") {
        $0.hasSuffix("-256color") || $0.hasSuffix("-direct")
      },
      option("focus-events", "") { _ in true },
    ].compactMap(\.self)
  }

  static func server(_ server: Server) -> [Finding] {
    let address = server.address.isEmpty ? "none" : server.address
    var findings = [Finding(.server, "address", address), Finding(.server, "key", server.key)]
    findings.append(reach(server.reach))
    if let skew = server.skew {
      let seconds = Int(skew.rounded())
      let value =
        abs(seconds) < 2
        ? "as the server's"
        : "\(abs(seconds)) s \(seconds > 0 ? "behind" : "ahead of") the server's"
      let advice = "ages and next runs are off by that: set the clock (timedatectl set-ntp true)"
      findings.append(
        Finding(.server, "clock", value, abs(seconds) < 5 ? .ok : .warn(advice: advice)))
    }
    return findings
  }

  private static func reach(_ reach: Server.Reach) -> Finding {
    switch reach {
    case .notAsked(let reason):
      Finding(.server, "reach", "not asked", .warn(advice: reason))
    case .failed(let reason):
      Finding(
        .server, "reach", reason, .bad(advice: "check the address, the proxy and the network"))
    case .answered(let status, let milliseconds):
      answered(status, "HTTP \(status) in \(milliseconds) ms", milliseconds)
    }
  }

  private static func answered(_ status: Int, _ value: String, _ milliseconds: Int) -> Finding {
    switch status {
    case 401: Finding(.server, "reach", value, .bad(advice: "the key is missing or not accepted"))
    case 403: Finding(.server, "reach", value, .bad(advice: "the key may not read workers"))
    case 429: Finding(.server, "reach", value, .warn(advice: "too many requests: it asks for calm"))
    case 200..<300, 404:
      Finding(
        .server, "reach", value + ", the key is accepted",
        milliseconds > 2_000 ? .warn(advice: "the link is slow: --slow draws less") : .ok)
    case 500...: Finding(.server, "reach", value, .bad(advice: "the server fails; try again later"))
    default: Finding(.server, "reach", value, .warn(advice: "not what this API answers"))
    }
  }

  static func file(_ file: File) -> Finding {
    switch file.state {
    case .sound(let value): Finding(.files, file.name, value)
    case .odd(let value, let advice): Finding(.files, file.name, value, .warn(advice: advice))
    case .damaged(let value, let advice): Finding(.files, file.name, value, .bad(advice: advice))
    }
  }
}
