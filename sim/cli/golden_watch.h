/* Goldens of cases. */
#pragma once
#include "sim/io/golden.h"

enum { GOLDEN_MAX = 1 << 26 }; /* bytes of a golden's file */

/* A CaseWatch's look; its user is a GoldenTake. */
void golden_watch(void *user, const Run *run, int events);
/* After the case's last step: compares with the golden at `path` and prints what differs on stdout. Returns an exit code:
   6 when it differs, 3 with a message on stderr when there is none. */
int golden_check(GoldenTake *take, const Run *run, const char *path);
