// Signal handlers: only C can promise to call nothing but async-signal-safe functions.
//
// The state is static, so each object file that uses it has its own copy: only
// Sources/Curses/Signals.swift may call these functions.
#ifndef SIGNALBOX_SIGNALS_H
#define SIGNALBOX_SIGNALS_H

// The write end of the pipe that tells the program about signals, -1 before there is one.
static volatile sig_atomic_t signals_pipe = -1;
// How often the process was continued.
static volatile sig_atomic_t signals_continued = 0;

// What a crash writes to the terminal, and the modes that it sets; used only while armed.
static struct {
  volatile sig_atomic_t armed;
  int output;
  int input;
  size_t count;
  char bytes[1024];
  struct termios modes;
  bool has_modes;
} signals_rescue = {0};

// The program was told to end.
static volatile sig_atomic_t signals_told = 0;

// Ends the program in 0.8 seconds unless it says before that it goes on: a terminal that takes
// nothing holds it in a write, where it hears of no signal. Zero stops the clock.
static inline void signals_expire(bool soon) {
  struct itimerval time = {{0, 0}, {0, soon ? 800 * 1000 : 0}};
  setitimer(ITIMER_REAL, &time, NULL);
}

static inline bool signals_were_told(void) { return signals_told != 0; }

static inline void signals_expired(int number) {
  (void)number;
  if (signals_rescue.armed && signals_rescue.has_modes)
    tcsetattr(signals_rescue.input, TCSANOW, &signals_rescue.modes);
  _exit(128 + SIGTERM);
}

static inline void signals_forward(int number) {
  int saved = errno;
  if (number == SIGTERM || number == SIGHUP || number == SIGINT) {
    signals_told = 1;
    signals_expire(true);
  }
  unsigned char byte = (unsigned char)number;
  // A full pipe already says that there is something to look at.
  if (signals_pipe >= 0 && write(signals_pipe, &byte, 1) < 0) errno = 0;
  if (number == SIGCONT) signals_continued = signals_continued + 1;
  errno = saved;
}

static inline void signals_restore_terminal(void) {
  if (!signals_rescue.armed) return;
  signals_rescue.armed = 0;
  size_t done = 0;
  while (done < signals_rescue.count) {
    ssize_t wrote = write(
      signals_rescue.output, signals_rescue.bytes + done, signals_rescue.count - done);
    if (wrote <= 0) break;
    done += (size_t)wrote;
  }
  if (signals_rescue.has_modes)
    tcsetattr(signals_rescue.input, TCSANOW, &signals_rescue.modes);
}

static inline void signals_crash(int number) {
  signals_restore_terminal();
  // The default action and the same signal again: the exit status tells the truth.
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigaction(number, &action, NULL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, number);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  raise(number);
}

static inline void signals_handle(int number, void (*handler)(int), int flags) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigfillset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

// Sends SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP and SIGCONT as bytes into the pipe.
static inline void signals_forward_to(int descriptor) {
  static const int numbers[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT};
  signals_pipe = descriptor;
  for (size_t index = 0; index < sizeof numbers / sizeof *numbers; index++)
    signals_handle(numbers[index], signals_forward, SA_RESTART);
  signals_handle(SIGALRM, signals_expired, 0);
}

// Default actions again for what `signals_forward_to` took, but for SIGHUP: a terminal that closes is
// noticed first by its end, and the signal behind it must not cut off what is being kept.
static inline void signals_release(void) {
  static const int numbers[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT};
  for (size_t index = 0; index < sizeof numbers / sizeof *numbers; index++)
    signals_handle(numbers[index], numbers[index] == SIGHUP ? SIG_IGN : SIG_DFL, 0);
  signals_pipe = -1;
}

// Takes the signals of crashes and remembers how to restore the terminal; more than 1,024 bytes
// are cut.
static inline void signals_arm(
  int input, int output, const char *bytes, size_t count, const struct termios *modes) {
  static const int numbers[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS, SIGQUIT};
  signals_rescue.armed = 0;
  signals_rescue.input = input;
  signals_rescue.output = output;
  signals_rescue.count = count < sizeof signals_rescue.bytes ? count : sizeof signals_rescue.bytes;
  memcpy(signals_rescue.bytes, bytes, signals_rescue.count);
  signals_rescue.has_modes = modes != NULL;
  if (modes != NULL) signals_rescue.modes = *modes;
  // A stack overflow leaves no room for a handler, unless it has a stack of its own.
  static char alternate[32768];
  stack_t current;
  if (sigaltstack(NULL, &current) == 0 && (current.ss_flags & SS_DISABLE)) {
    stack_t fresh;
    memset(&fresh, 0, sizeof fresh);
    fresh.ss_sp = alternate;
    fresh.ss_size = sizeof alternate;
    sigaltstack(&fresh, NULL);
  }
  for (size_t index = 0; index < sizeof numbers / sizeof *numbers; index++)
    signals_handle(numbers[index], signals_crash, SA_ONSTACK);
  // exit() without a farewell gives the terminal back too.
  static bool registered = false;
  if (!registered) {
    registered = true;
    atexit(signals_restore_terminal);
  }
  signals_rescue.armed = 1;
}

static inline void signals_disarm(void) { signals_rescue.armed = 0; }

// Stops the process group as ctrl-z in a shell does and returns when it is continued.
//
// The signal may reach another thread, so the stop can come a moment after kill returned. Where
// nobody could continue us (an orphaned group) the kernel ignores the signal and this returns
// after a quarter of a second.
static inline void signals_stop_group(void) {
  signals_handle(SIGTSTP, SIG_DFL, 0);
  sig_atomic_t before = signals_continued;
  kill(0, SIGTSTP);
  struct timespec pause = {0, 5 * 1000 * 1000};
  for (int turn = 0; turn < 50 && signals_continued == before; turn++) nanosleep(&pause, NULL);
  signals_handle(SIGTSTP, signals_forward, SA_RESTART);
}

#endif
