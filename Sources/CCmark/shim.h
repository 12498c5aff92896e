// cmark-gfm with its extensions. All that Prose calls imports as it is, so nothing is wrapped here.
#ifndef SIGNALBOX_CCMARK_SHIM_H
#define SIGNALBOX_CCMARK_SHIM_H

#include <cmark-gfm.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm-core-extensions.h>

#endif
