import CNcurses
import Glibc

/// The C library's idea of characters, which curses follows.
enum Locale {
  /// Takes the locale of the environment and says whether it is UTF-8.
  ///
  /// A UTF-8 locale that is not installed here, as SSH often forwards one, is replaced by C.UTF-8.
  /// Numbers keep their decimal point in every locale.
  static func adopt(_ environment: [String: String]) -> Bool {
    let wanted =
      ["LC_ALL", "LC_CTYPE", "LANG"].lazy
      .compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    if setlocale(LC_ALL, "") == nil || setlocale(LC_CTYPE, wanted) == nil {
      let name = wanted.lowercased()
      setlocale(LC_CTYPE, name.hasSuffix("utf-8") || name.hasSuffix("utf8") ? "C.UTF-8" : "C")
    }
    setlocale(LC_NUMERIC, "C")
    return nl_langinfo(nl_item(CODESET)).map { String(cString: $0) == "UTF-8" } ?? false
  }
}
