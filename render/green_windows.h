/* When the line's signals are green: what was seen so far, and what the cycle promises from there on. */
#pragma once
#include "render/hud.h"
#include "render/session.h"

/* By junction and time, until `until` in s; returns how many. */
int green_windows(const Session *session, double until, HudWindow *windows, int most);
