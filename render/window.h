/* The window: playback by the clock, keys, pointer. */
#pragma once
#include <SDL.h>
#include "render/options.h"

/* Runs until the user leaves; returns the exit code. */
int window_run(SDL_Window *window, const Options *options, Session *session, View *view);
