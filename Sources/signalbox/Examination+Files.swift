import Console
import FoundationEssentials
import Glibc
import Registry

extension Examination {
  /// What the configuration says, with the first of what is wrong with it.
  func file(_ configuration: Result<Configuration, any Error>) -> Doctor.File {
    switch configuration {
    case .failure(let error):
      let reason = (error as? CommandFailure)?.message ?? "\(error)"
      return Doctor.File(
        "configuration", .damaged(reason, advice: "'signalbox config example' shows one"))
    case .success(let configuration):
      let path = configuration.path
      guard FileManager.default.fileExists(atPath: path) else {
        return Doctor.File("configuration", .sound("\(path): none, the standard settings hold"))
      }
      let findings = configuration.findings + configuration.prospects(environment)
      guard let first = findings.first(where: { $0.severity == .error }) ?? findings.first else {
        return Doctor.File("configuration", .sound("\(path): no errors"))
      }
      let advice = "line \(first.line): \(first.text)"
      return Doctor.File(
        "configuration",
        first.severity == .error
          ? .damaged("\(path): \(findings.count) findings", advice: advice)
          : .odd("\(path): \(findings.count) findings", advice: advice))
    }
  }

  /// Registry and transcripts of a state folder.
  func files(in folder: String) -> [Doctor.File] { [registry(folder), transcripts(folder)] }

  private func registry(_ folder: String) -> Doctor.File {
    do {
      let report = try Registry.check(folder: folder)
      let workers = report.counts["worker"] ?? 0
      let value = "\(report.path): \(workers) workers, \(report.size >> 10) KiB"
      if report.isDamaged {
        return Doctor.File(
          "registry",
          .damaged(
            "\(value), damaged",
            advice: "keep a copy of the folder; the console sets it aside and takes its newest copy"
          ))
      }
      if report.isNewer {
        return Doctor.File(
          "registry",
          .odd("\(value), of a newer Signalbox", advice: "this one only reads it: update it"))
      }
      let count = report.copies.count
      if count > 0 {
        return Doctor.File(
          "registry", .sound("\(value), sound, \(count) \(count == 1 ? "copy" : "copies") beside"))
      }
      return Doctor.File("registry", .sound("\(value), sound"))
    } catch let error as RegistryError {
      if case .missing(let path) = error {
        return Doctor.File("registry", .sound("\(path): none yet"))
      }
      return Doctor.File("registry", .damaged("\(error)", advice: "see 'signalbox registry check'"))
    } catch {
      return Doctor.File("registry", .damaged("\(error)", advice: "see 'signalbox registry check'"))
    }
  }

  /// Only whether it is there, ours and how large: opening it would write.
  private func transcripts(_ folder: String) -> Doctor.File {
    let path = "\(folder)/transcripts.sqlite"
    var status = stat()
    guard stat(path, &status) == 0 else {
      return Doctor.File("transcripts", .sound("\(path): none yet"))
    }
    let value = "\(path): \(Int(status.st_size) >> 10) KiB"
    guard access(path, R_OK | W_OK) == 0 else {
      return Doctor.File(
        "transcripts", .odd("\(value), not writable", advice: "older output is not kept"))
    }
    return Doctor.File("transcripts", .sound(value))
  }
}
