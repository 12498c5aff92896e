import Canvas
import Fleet

extension Session {
  /// What goes beside the next frame.
  func asides(at moment: Double) -> [Aside] {
    attention.asides(
      store.state, title: screen.title(store.state),
      watched: moment - lastKeyAt < State.glanceLimit ? screen.selected : nil, zone: screen.zone,
      now: moment)
  }

  func setMouse(_ isOn: Bool) {
    screen.isMouseOn = display.setMouse(isOn) && isOn
    screen.remark =
      screen.isMouseOn
      ? "mouse on: hold shift to select text, M turns it off"
      : isOn ? "this terminal is not known to report its mouse" : "mouse off"
  }
}
