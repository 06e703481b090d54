/* Expectations and events of a loaded scenario, from the texts of [expect.*] and [event.*]. */
#pragma once
#include "sim/io/load.h"
#include "sim/world/expect.h"
#include "sim/world/script.h"

/* Compiles into memory of any content; what is wrong goes to the loaded scenario's diag, with file and line. Returns 1 when nothing was.
   Of a section that has mistakes already each text is judged by itself. */
int expects_compile(Loaded *loaded, Expectations *expectations);
int events_compile(Loaded *loaded, Script *script);
/* [fault.*] into the script; events_compile calls it. */
int faults_compile(Loaded *loaded, Script *script);
/* Both, the [sweep] and the drive profile, for their mistakes alone; for none where those found so far leave nothing to judge by. */
int texts_check(Loaded *loaded);
