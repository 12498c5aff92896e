// What Swift cannot import from curses, as static inline functions, each with the reason.
#ifndef SIGNALBOX_CNCURSES_H
#define SIGNALBOX_CNCURSES_H

// Without it, curses.h declares no wide characters. Feature macros such as _GNU_SOURCE must not be
// set here: Swift's own modules read the C library's headers without them, and structs such as
// `fd_set` would differ between modules, which the compiler refuses whenever it meets both.
#define NCURSES_WIDECHAR 1
// Macros such as `move(y, x)` hide the functions of the same names.
#define NCURSES_NOMACROS 1

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <term.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

// term.h defines terminfo names as macros over `cur_term`; a few are common English words.
#undef lines
#undef columns
#undef buttons
#undef tab

// Globals of the library are mutable, which Swift 6 refuses to read.
static inline WINDOW *curses_screen_window(void) { return stdscr; }
static inline int curses_lines(void) { return LINES; }
static inline int curses_columns(void) { return COLS; }
static inline int curses_colors(void) { return COLORS; }
static inline int curses_color_pairs(void) { return COLOR_PAIRS; }

// Attribute constants are macros with casts and shifts, which are not imported.
static inline attr_t curses_bold(void) { return WA_BOLD; }
static inline attr_t curses_dim(void) { return WA_DIM; }
static inline attr_t curses_italic(void) { return WA_ITALIC; }
static inline attr_t curses_underline(void) { return WA_UNDERLINE; }
static inline attr_t curses_reverse(void) { return WA_REVERSE; }

// Key constants are octal macros, and KEY_F takes an argument.
static inline int curses_key_down(void) { return KEY_DOWN; }
static inline int curses_key_up(void) { return KEY_UP; }
static inline int curses_key_left(void) { return KEY_LEFT; }
static inline int curses_key_right(void) { return KEY_RIGHT; }
static inline int curses_key_home(void) { return KEY_HOME; }
static inline int curses_key_end(void) { return KEY_END; }
static inline int curses_key_page_up(void) { return KEY_PPAGE; }
static inline int curses_key_page_down(void) { return KEY_NPAGE; }
static inline int curses_key_backspace(void) { return KEY_BACKSPACE; }
static inline int curses_key_delete(void) { return KEY_DC; }
static inline int curses_key_insert(void) { return KEY_IC; }
static inline int curses_key_enter(void) { return KEY_ENTER; }
static inline int curses_key_back_tab(void) { return KEY_BTAB; }
static inline int curses_key_function(int number) { return KEY_F(number); }
static inline int curses_key_code_yes(void) { return KEY_CODE_YES; }

// OK and ERR are macros with a parenthesis or a common name.
static inline bool curses_succeeded(int result) { return result != ERR; }

// TRUE and FALSE are macros, and the Boolean parameters of these are a type of curses' own.
static inline void curses_set_keypad(WINDOW *window, bool on) { keypad(window, on); }
static inline void curses_set_nodelay(WINDOW *window, bool on) { nodelay(window, on); }
static inline void curses_set_leave_cursor(WINDOW *window, bool on) { leaveok(window, on); }
static inline void curses_set_clear(WINDOW *window, bool on) { clearok(window, on); }
static inline void curses_set_scroll(WINDOW *window, bool on) { scrollok(window, on); }
static inline void curses_set_insert_delete_line(WINDOW *window, bool on) { idlok(window, on); }

// A cell with an extended pair needs a pointer disguised as options; the array of characters is a
// tuple in Swift. `glyph` ends with a zero and holds a base and at most four marks.
static inline void curses_set_cell(
  cchar_t *cell, const wchar_t *glyph, attr_t attributes, int pair) {
  // The short pair is ignored where the options carry the real one.
  setcchar(cell, glyph, attributes, 0, &pair);
}

// Reads a cell back: the same disguise in the other direction.
static inline int curses_get_cell(
  const cchar_t *cell, wchar_t *glyph, attr_t *attributes, int *pair) {
  short narrow = 0;
  return getcchar(cell, glyph, attributes, &narrow, pair);
}

// The bytes of a look, and of the plain one that it leaves; vid_puts takes a function of its own for
// each byte. Sixty-four bytes are more than any terminal needs for one.
static struct {
  size_t count;
  char bytes[64];
} curses_looks = {0};
static inline int curses_look_put(int byte) {
  if (curses_looks.count < sizeof curses_looks.bytes)
    curses_looks.bytes[curses_looks.count++] = (char)byte;
  return byte;
}
static inline size_t curses_look(attr_t attributes, int pair, char *bytes) {
  curses_looks.count = 0;
  vid_puts(attributes, 0, &pair, curses_look_put);
  memcpy(bytes, curses_looks.bytes, curses_looks.count);
  return curses_looks.count;
}

// The terminfo functions answer failure with a pointer of -1, which Swift cannot compare.
static inline const char *curses_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (const char *)-1 ? NULL : value;
}
static inline bool curses_has_flag(const char *name) { return tigetflag(name) == 1; }

// ioctl is variadic.
static inline bool curses_terminal_size(int descriptor, int *rows, int *columns) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
    return false;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return true;
}

// ioctl is variadic; -1 where the descriptor cannot say.
static inline int curses_bytes_waiting(int descriptor) {
  int count = 0;
  return ioctl(descriptor, FIONREAD, &count) == 0 ? count : -1;
}

// wchar.h hides it behind a feature macro that must not be set here.
extern int wcwidth(wchar_t character);

// Glibc's module leaves this one out; the width that curses goes by, -1 for what it refuses.
static inline int curses_width(wchar_t scalar) { return wcwidth(scalar); }

// memfd_create is hidden without GNU extensions; a file in memory, -1 where there is none.
static inline int curses_memory_file(void) {
#ifdef SYS_memfd_create
  return (int)syscall(SYS_memfd_create, "frame", 1u /* MFD_CLOEXEC */);
#else
  return -1;
#endif
}

// spawn.h hides them behind GNU extensions: a child inherits no descriptor from this one on, and its
// group has the terminal before it runs.
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);
extern int posix_spawn_file_actions_addtcsetpgrp_np(posix_spawn_file_actions_t *, int);

#endif
