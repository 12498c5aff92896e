#ifndef SIGNALBOX_CMALLOC_SHIM_H
#define SIGNALBOX_CMALLOC_SHIM_H

/* mallopt and its parameters, which Swift's Glibc module leaves out. */
#include <malloc.h>

#endif
