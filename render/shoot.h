/* Pictures and films of a run, without a window. */
#pragma once
#include "render/options.h"

/* Takes the shots and the video that the options ask for; an exit code. The graphics back end must be open. */
int shoot(const Options *options);
/* The session of a file, of the demonstration line for null; null after its mistakes were printed. */
Session *shoot_session(const char *file);
