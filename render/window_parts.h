/* The window's state; for window*.c alone. */
#pragma once
#include <SDL.h>
#include "render/capture.h"
#include "render/chooser.h"
#include "render/keys.h"
#include "render/options.h"
#include "render/palette.h"

enum { WINDOW_BOOKMARKS_MAX = 32, WINDOW_MESSAGE_MAX = 160, WINDOW_ROWS_MAX = 256 };

/* What the sheet in the middle is; the HUD knows only how it looks. */
typedef enum WindowSheet {
    SHEET_NONE,
    SHEET_HELP,
    SHEET_PALETTE,
    SHEET_CHOOSER,
    SHEET_DIAGRAM,
    SHEET_MISTAKES,
    SHEET_CHANGES
} WindowSheet;

typedef struct Window {
    SDL_Window *window;
    const Options *options;
    Session *session, *ghost;
    View *view;
    ViewSheet *empty; /* draws the chooser while there is no session */
    Session *preview; /* of the scenario that the chooser has selected, with its picture */
    View *preview_view;
    int previewed, pointed; /* items of the chooser; -1: none */
    double pointed_at;      /* s of the clock */
    ViewOptions look;
    WindowSheet sheet;
    Chooser chooser;
    Palette palette;
    Text lines; /* mistakes or changes, by lines */
    HudRow rows[WINDOW_ROWS_MAX];
    double time;  /* s, of the run, that the clock asks for */
    double clock; /* s, since the window opened: real or, by an input script, counted by frames */
    float scale;  /* the user's choice on top of the window's size */
    int leave, full_screen, profile;
    ManualControls hands; /* of a driver, at hands_tick */
    int64_t hands_tick;   /* -1: not looked at yet */
    double horn_until;    /* s of the run, while a key sounds it; else negative */
    int line;             /* of a list to read */
    int typed;            /* row number typed so far, in a list */
    int width, height;
    int shots, videos;
    double bookmarks[WINDOW_BOOKMARKS_MAX];
    int looping;
    HudProfile timing;
    double frame_ms, looked; /* s of the clock when the files were last looked at */
    int measured;            /* frames since the quality was set; -1: the user chose it */
    double measured_ms;
    CaptureVideo video;
    int recording;
    uint8_t *pixels; /* of a frame of the video */
    char message[WINDOW_MESSAGE_MAX];
    double message_until; /* s, of the clock */
} Window;

/* A banner for a few seconds. */
void window_say(Window *w, const char *text);
void window_seek(Window *w, double seconds);
/* Opens a scenario instead of the present one. On mistakes shows them and keeps what there is. */
int window_open(Window *w, const char *file);
/* Runs a scenario of the same line beside the present one, as a ghost. */
void window_open_ghost(Window *w, const char *file);
/* Shows a sheet, or none. */
void window_show(Window *w, WindowSheet sheet);
/* Reads the files again; the old run goes on where they have mistakes. */
void window_reload(Window *w);
/* What a key or the pointer asks for. */
void window_key(Window *w, const char *key, int shift, int repeat);
void window_click(Window *w, int x, int y);
/* 1 while the train that is shown is driven by hand. */
int window_drives(Window *w);
/* What the hands hold at the present tick. */
const ManualControls *window_hands(Window *w);
/* What a key of driving by hand does. */
void window_drive(Window *w, KeyAction action);
/* Ends the horn's blast when its time is over; once a frame. */
void window_hands_off_horn(Window *w);
/* Opens the view of the session in the window; 0 when it cannot. */
int window_show_run(Window *w);
/* Makes the picture of the scenario that the chooser has selected, or closes it; once a frame. 0: out of something. */
int window_preview(Window *w);
void window_preview_close(Window *w);
/* Fills look.sheet for the sheet that is shown. */
void window_sheet_fill(Window *w);
/* Goes to the row that is selected: opens, sets. */
void window_sheet_enter(Window *w);
/* Draws a frame and shows it. */
void window_draw(Window *w);
/* Writes the frame last drawn. */
int window_picture(Window *w, const char *file);
void window_record(Window *w);

/* An input script: lines `t=2.0 key Shift+N`, `t=2.5 click 640 700`, `t=3 shot FILE.png`, `t=3 say`, `t=4 leave`.
   Times are seconds of the window's clock, which a script counts in thirtieths. */
typedef struct InputScript InputScript;
InputScript *input_open(const char *file);
void input_close(InputScript *script);
/* Sends what is due through the event queue; 0 when a line could not be carried out. */
int input_send(InputScript *script, Window *w);
