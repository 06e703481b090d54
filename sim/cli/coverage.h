/* The coverage of faults over a set of runs: `artsim list --coverage DIR`. */
#pragma once

/* Reads events.jsonl of every run below the folder and prints which faults began in which mode at what kind of place.
   Returns an exit code; 7 when there is no such file. */
int coverage_print(const char *folder);
