/* How far the axles were off the track, beside what geometry alone leaves there. */
#pragma once
#include "sim/io/film.h"
#include "sim/io/run_report.h"

/* Where the axle of the first train that was furthest off stood, and how much of that no steering could have removed.
   Adds nothing where no route is driven. */
void track_error_words(const RunReport *report, Text *out);
/* The stretches of chainage on which geometry makes more than half of what any axle was off, 2 cm or more; nothing where
   there is none. */
void track_error_stretches(const Film *film, int axles, Text *out);
/* m: what any axle was off, at most, since the point before */
double track_error_worst(const FilmPoint *point, int axles);
