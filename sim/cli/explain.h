/* Why a run came out as it did: in words what happened, and what would have been without each of its causes. */
#pragma once
#include "sim/cli/case_run.h"

enum { FAILURES_TOLD = 6 };

/* What is remembered of a run while it goes on. */
typedef struct Story {
    Event *events;
    int count, capacity;
    int64_t stands_since[ART_TRAINS_MAX]; /* tick; -1: it moves */
} Story;

/* Looks of CaseWatch, with the Story as their user. */
void story_look(void *story, const Run *run, int events);

/* The expectations to tell of: the failures, or the thinnest margin when nothing failed. Returns how many. */
int story_choose(const RunReport *report, int chosen[FAILURES_TOLD]);
/* Prints the verdict, each chosen expectation with its moment, and the events before. Runs the case once more, to see
   these moments. */
void story_tell(const CaseRun *one, const Story *story, const LoadRequest *request, const int *chosen, int count);

/* Runs the case again without each event and each fault that it had, and prints for the chosen expectations whether they
   still fail, and how far their margin moves. */
void explain_without(const LoadRequest *request, const RunReport *report, const int *chosen, int count);
