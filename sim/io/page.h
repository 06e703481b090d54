/* report.html: one file without network or libraries, readable on a phone, light or dark; also well-formed XML. A page is
   a head, parts of runs, and a tail. */
#pragma once
#include "sim/io/film.h"
#include "sim/io/run_report.h"

/* Opens the page up to its headline. `inferred` 1: a route is, which the header then says. */
void page_head(const char *title, int inferred, Text *out);
/* A run: its verdicts, thinnest margin first, why it failed, its metrics, its plots and its player, in <section
   id="case_id">. `label` is its headline, `explain` the command that tells more of a failure. */
void page_run(const RunReport *report, const Film *film, const char *label, const char *explain, Text *out);
/* Every call at a station, with the timetable's time beside what it was; nothing for a run without one. */
void page_schedule(const RunReport *report, const Film *film, Text *out);
/* When and where each train changed its mode of operation, why, and where it came to rest; nothing where none did. */
void page_modes(const RunReport *report, const Film *film, Text *out);
/* What each train and the line used. */
void page_energy(const RunReport *report, Text *out);
/* Gap and step at every door that faced a platform. */
void page_doors(const RunReport *report, Text *out);
/* The plots and the player alone. */
void page_plots(const RunReport *report, const Film *film, Text *out);
void page_player(const RunReport *report, const Film *film, Text *out);
/* What makes players play; before the tail of a page with runs. */
void page_script(Text *out);
void page_tail(Text *out);
/* A line that says what the order of rows in a table of margins follows. */
extern const char page_thinness[];
