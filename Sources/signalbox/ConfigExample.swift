/// The documented configuration, every setting commented out.
enum ConfigExample {
  static let text = """
    # The configuration of signalbox: ~/.config/signalbox/config.yaml
    #
    # Every setting is optional. A flag counts before the environment, the environment
    # before a profile, a profile before the settings at the top level. But a key goes
    # only to the server that it was given for: see "profiles".

    # The server's address; HANDINGER_BASE_URL counts before it.
    #base_url: https://v3.handinger.com

    # Where the API key is; HANDINGER_API_KEY counts before it. Exactly one of
    # - env: the name of an environment variable
    # - file: a file that only you can read (chmod 600); its first line
    # - command: a line for sh; the first line that it prints, within a minute
    # The key itself does not belong in this file. This one is sent to the address above
    # and to no other.
    #key:
    #  file: ~/.config/signalbox/key

    # The folder of the registry; SIGNALBOX_STATE and --state count before it.
    #state: ~/.local/state/signalbox

    # A theme's name, or a YAML file; --theme counts before it. 'signalbox themes' lists them.
    #theme: dark

    # At most four frames a second, for a slow link.
    #slow: false

    # Frames, lines and signs in ASCII; texts stay as they are.
    #ascii: false

    # Links that the terminal opens (OSC 8): on, off, or auto, for terminals that are known
    # to take them.
    #links: auto

    # full, or reduced: ages are counted in steps of ten seconds, and nothing else moves
    # without need.
    #motion: full

    # Milliseconds to wait for the rest of an arrow key after ESC, 5 to 1000; without it
    # 25, and 100 over SSH, where the bytes of one key may come apart.
    #escape_delay: 25

    # Other keys: by place, then by action, with all keys that the action shall have
    # there. 'signalbox keys' lists places, actions and keys. Two actions on one key are
    # an error, and then the standard keys stay.
    #keys:
    #  everywhere:
    #    refresh: ctrl-r f6
    #  workers:
    #    pin: P

    # Reports of the mouse: click, wheel, drag of the split. M turns it on and off.
    #mouse: false

    # When the terminal calls you, for what you are not looking at. Both lists take
    # finished, failed, needs-you and ceiling; true is all of them, false is none.
    # - bell: the terminal's bell, at most once a second
    # - notify: a notification, in the form 9 or 777 (OSC 9, OSC 777)
    # - title: counts in the title of the window
    # - quiet: the local hours without bell and notification
    #attention:
    #  bell: [failed, needs-you]
    #  notify: false
    #  form: 9
    #  title: true
    #  quiet: "22:00-07:00"

    # Streams that are read at once, 1 to 64; further running workers are polled.
    #followed: 8

    # What you are willing to spend, in credits. From four fifths on it is said; at a
    # ceiling, what would cost more asks for a typed yes. What runs goes on: the service
    # has no call that stops a worker.
    #ceilings:
    #  worker: 20   # one worker, in all
    #  day: 40      # all workers, since midnight
    #  month: 400   # all workers, since the first of the month
    #  fleet: 2000  # all workers, in all

    # The profile that is used without --profile.
    #profile: staging

    # Several servers by name; each has a registry of its own, in STATE/profiles/NAME
    # unless it says state. An address and a key that stand in a profile count before the
    # environment's, and a profile with an address of its own needs a key of its own.
    #profiles:
    #  staging:
    #    base_url: https://staging.example.com
    #    key:
    #      env: STAGING_API_KEY
    #    theme: light
    #    ceilings:
    #      day: 5

    """

  /// The same with every setting in force: prose has one space behind its `#`.
  static var uncommented: String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let isProse = line == "#" || line.hasPrefix("# ") && !line.hasPrefix("#  ")
      return String(line.hasPrefix("#") && !isProse ? line.dropFirst() : line)
    }.joined(separator: "\n")
  }
}
