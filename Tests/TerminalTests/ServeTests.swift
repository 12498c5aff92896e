import Support
import Testing

extension BinaryTests {
  @Suite("The server alone", .timeLimit(.minutes(1)))
  struct ServeTests {
    /// Starts a server and a reader of a stream, sends the signal, and says how both ended.
    private static let script = """
      cd "$1"
      "$0" serve --scenario marathon --speed 50 --api-key k >said &
      server=$!
      until grep -qs listening said; do :; done
      address=$(sed 's/listening on //' said)
      set -- -sN -H 'Authorization: Bearer k' -H 'Content-Type: application/json'
      curl "$@" -d '{"input":"x","stream":true}' "$address/api/workers" >stream &
      reader=$!
      until grep -qs delta stream; do :; done
      kill -s "$SIGNAL" $server
      wait $server
      echo "server $?"
      wait $reader
      echo "reader $?"
      tail -c 3 stream | od -An -c | tr -s ' '
      """

    @Test(
      "a signal ends streams behind a complete event, and it with 0", arguments: ["TERM", "INT"])
    func stop(signal: String) throws {
      let workshop = try Workshop()
      let ending = try Child.run(
        ["timeout", "40", "bash", "-c", Self.script, TmuxTerminal.binary, workshop.folder],
        environment: Child.environment(["SIGNAL": signal]))
      #expect(ending.output == "server 0\nreader 0\n } \\n \\n\n")
      #expect(ending.errors == "")
    }

    @Test(
      "a wrong list of faults ends with 2 and names the item and what there is",
      arguments: [
        ("stall=3%,rest=2%", "no fault \"rest=2%\"; there are stall, reset, cut, 429, 500"),
        ("stall=3x", "\"stall=3x\" is not understood; the fault is written stall=3% or stall=40"),
      ])
    func faults(list: String, words: String) throws {
      let ending = try Workshop().run(["serve", "--faults", list])
      #expect(ending.status == 2)
      #expect(ending.errors.contains(words))
      #expect(ending.output == "")
    }
  }
}
