/* Words and numbers of the display. Every number is the sample's own, rounded for reading. */
#pragma once
#include "render/hud.h"

enum { HUD_TEXT_MAX = 160 };

/* "-0" is written "0", what is not finite "--". */
void hud_number(char *text, size_t size, double value, int decimals);
void hud_number_signed(char *text, size_t size, double value, int decimals); /* "+3" */
void hud_kmh(char *text, size_t size, double metres_per_second);             /* whole km/h, without the unit */
void hud_distance(char *text, size_t size, double metres);                   /* "45.2 m", "248 m", "1.25 km" */
void hud_clock(char *text, size_t size, double seconds);                     /* "01:05.20", "1:02:03.4" */
void hud_rate(char *text, size_t size, double rate);                         /* "1x", "0.25x", "max" */

/* What the train does; where its mode of operation is not the usual one, that. */
const char *hud_mode_name(const TrainSample *train);
/* Why the train does what it does, in a sentence. */
void hud_reason(char *text, size_t size, const HudInput *input);
/* What ends its authority, and where; empty while passengers board. */
void hud_authority(char *text, size_t size, const HudInput *input);
void hud_doors(char *text, size_t size, const TrainSample *train);
void hud_event(char *text, size_t size, const HudInput *input, const Event *event);

typedef enum HudEventClass { HUD_EVENT_PLAIN, HUD_EVENT_STATION, HUD_EVENT_CHANGE, HUD_EVENT_ALARM } HudEventClass;
HudEventClass hud_event_class(int kind);

/* English name of a station, "the stop" where there is none. */
const char *hud_station(const Route *route, int station);
/* 1: a manoeuvre on the endless plane, without line, stations and limits. */
int hud_on_plane(const HudInput *input);
/* 1: the protection has a ceiling and an authority here: not on the plane, not while a test holds the speed. */
int hud_protected(const HudInput *input);
/* What the leading module does there: lateral acceleration, yaw rate, roll. */
void hud_motion(char *text, size_t size, const TrainSample *train);
/* How far the leading nose lies before the leading axle, m. */
double hud_nose_ahead(const Vehicle *vehicle, int direction);
/* The node of the shown train's path nearest to a path coordinate, or a null pointer beyond its nodes. */
const PathNode *hud_path_node(const HudInput *input, double u);
