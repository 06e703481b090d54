/* --set and --root, which all verbs that load a file share. */
#pragma once
#include "sim/cli/args.h"
#include "sim/io/load.h"

#define LOAD_ARG_OPTIONS {"--set", "section.key=value"}, {"--root", "DIR"}
#define LOAD_ARG_HELP \
    "  --set section.key=value   sets one value, last of all; may be repeated\n" \
    "  --root DIR                a further folder that files may be in; may be repeated\n"

/* The request for one file. Free its lists with load_args_free. */
LoadRequest load_args_request(const Args *args, const char *path);
void load_args_free(LoadRequest *request);
