/* The command line of artview. */
#pragma once
#include "render/view.h"

enum { OPTIONS_SHOTS_MAX = 64, OPTIONS_TEXT_MAX = 512 };

typedef struct OptionsShot {
    double time;       /* s */
    int width, height; /* px */
    ViewOptions view;
    const char *file; /* PNG */
} OptionsShot;

typedef struct Options {
    const char
        *file; /* scenario or a run's folder; null: one is chosen in the window, pictures take the demonstration line */
    OptionsShot shots[OPTIONS_SHOTS_MAX];
    int shot_count;
    const char *video; /* MP4, null = none */
    int tour;          /* 1: the video goes along the run with a new camera every five seconds */
    const char *ghost; /* the scenario or run shown as a ghost, null = none */
    const char *input; /* a script of keys, null = a user */
    float scale;       /* of the panels, on top of the window's size */
    double at, length; /* s: where window and video start; length of the video, < 0 to the end */
    int frames_per_second;
    int width, height;
    ViewOptions view;
    int debug;       /* 1: what the driver calls an error ends the program */
    int es;          /* 1: an OpenGL ES 3.0 context */
    int quality_set; /* 1: chosen on the command line; else pictures and films are HIGH, the window MED */
    int timing;      /* 1: say how long frames took */
    int hash;        /* 1: run to the end without a window and print the hash of the state */
    int keys;        /* 1: print the key table */
    int help, version;
} Options;

/* 0 after a message on stderr when an argument is wrong. */
int options_parse(Options *options, int count, char **arguments);
void options_help(void);
