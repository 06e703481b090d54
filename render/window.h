/* The window: input, playback, and a picture after another. */
#pragma once
#include <SDL.h>
#include "render/options.h"

/* Runs until the user leaves; without a file in the options a scenario is chosen first. Returns an exit code. The
   graphics back end must be open for this window. */
int window_run(SDL_Window *window, const Options *options);
