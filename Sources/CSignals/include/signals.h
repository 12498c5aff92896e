// What the console does with signals; the state is one for the program, whoever calls.
#ifndef SIGNALBOX_SIGNALS_H
#define SIGNALBOX_SIGNALS_H

#include <stdbool.h>
#include <stddef.h>

// Ends the program in 0.8 seconds unless it says before that it goes on: a terminal that takes
// nothing holds it in a write, where it hears of no signal. Zero stops the clock.
void signals_expire(bool soon);

bool signals_were_told(void);

// Sends SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP and SIGCONT as bytes into the pipe.
void signals_forward_to(int descriptor);

// Default actions again for what `signals_forward_to` took, but for SIGHUP: a terminal that closes is
// noticed first by its end, and the signal behind it must not cut off what is being kept.
void signals_release(void);

// Takes the signals of crashes and remembers how to restore the terminal; more than 1,024 bytes
// are cut. The modes are a `struct termios`: by that name two modules would have it.
void signals_arm(int input, int output, const char *bytes, size_t count, const void *modes);

void signals_disarm(void);

// Ends the program as exit does, but tears nothing down: a thread that ends at the same time would
// free what the handlers of exit free.
_Noreturn void signals_leave(int status);

// Stops the process group as ctrl-z in a shell does and returns when it is continued.
//
// The signal may reach another thread, so the stop can come a moment after kill returned. Where
// nobody could continue us (an orphaned group) the kernel ignores the signal and this returns
// after a quarter of a second.
void signals_stop_group(void);

#endif
