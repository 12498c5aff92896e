// Signal handlers: only C can promise to call nothing but async-signal-safe functions.
#include "signals.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

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

void signals_expire(bool soon) {
  struct itimerval time = {{0, 0}, {0, soon ? 800 * 1000 : 0}};
  setitimer(ITIMER_REAL, &time, NULL);
}

bool signals_were_told(void) { return signals_told != 0; }

static void signals_expired(int number) {
  (void)number;
  if (signals_rescue.armed && signals_rescue.has_modes)
    tcsetattr(signals_rescue.input, TCSANOW, &signals_rescue.modes);
  _exit(128 + SIGTERM);
}

static void signals_forward(int number) {
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

static void signals_restore_terminal(void) {
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

static void signals_crash(int number) {
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

static void signals_handle(int number, void (*handler)(int), int flags) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigfillset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

void signals_forward_to(int descriptor) {
  static const int numbers[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT};
  signals_pipe = descriptor;
  for (size_t index = 0; index < sizeof numbers / sizeof *numbers; index++)
    signals_handle(numbers[index], signals_forward, SA_RESTART);
  signals_handle(SIGALRM, signals_expired, 0);
}

void signals_release(void) {
  static const int numbers[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT};
  for (size_t index = 0; index < sizeof numbers / sizeof *numbers; index++)
    signals_handle(numbers[index], numbers[index] == SIGHUP ? SIG_IGN : SIG_DFL, 0);
  signals_pipe = -1;
}

void signals_arm(int input, int output, const char *bytes, size_t count, const void *modes) {
  static const int numbers[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS, SIGQUIT};
  signals_rescue.armed = 0;
  signals_rescue.input = input;
  signals_rescue.output = output;
  signals_rescue.count = count < sizeof signals_rescue.bytes ? count : sizeof signals_rescue.bytes;
  memcpy(signals_rescue.bytes, bytes, signals_rescue.count);
  signals_rescue.has_modes = modes != NULL;
  if (modes != NULL) signals_rescue.modes = *(const struct termios *)modes;
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

void signals_disarm(void) { signals_rescue.armed = 0; }

void signals_leave(int status) {
  fflush(NULL);
  signals_restore_terminal();
  _exit(status);
}

void signals_stop_group(void) {
  signals_handle(SIGTSTP, SIG_DFL, 0);
  sig_atomic_t before = signals_continued;
  kill(0, SIGTSTP);
  struct timespec pause = {0, 5 * 1000 * 1000};
  for (int turn = 0; turn < 50 && signals_continued == before; turn++) nanosleep(&pause, NULL);
  signals_handle(SIGTSTP, signals_forward, SA_RESTART);
}
