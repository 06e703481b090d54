/* The view of a session: everything between a sample and a finished picture, and the options that keys change. */
#pragma once
#include "render/camera.h"
#include "render/gfx.h"
#include "render/hud.h"
#include "render/session.h"

typedef struct ViewOptions {
    CameraChoice camera;
    HudSwitches switches;
    GfxQuality quality;
    int hud_hidden, help;
    int paused;
    double rate;        /* times real time */
    float ui_scale;     /* 1 = made for 720 rows */
    const char *message; /* null or a banner */
} ViewOptions;

typedef struct View View;

ViewOptions view_defaults(void);
/* The graphics back end must be open. Null, with a message, when something is missing. */
View *view_open(const Session *session);
void view_close(View *view);
/* Takes the session's sample into the plots; call for each sample that is shown. */
void view_note(View *view);
/* Draws into the back end's buffer of this size. */
void view_draw(View *view, const ViewOptions *options, int width, int height);
/* What the HUD has under the pointer. */
HudPick view_pick(View *view, const ViewOptions *options, int width, int height, float x, float y);
int view_triangles(const View *view);
