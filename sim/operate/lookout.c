/* A person sees what stands in the lane within `sight` and brakes after a log-normal time. Over the radio three times add up:
   the age of the picture, the person's time, the way of the command; each is drawn anew for each sighting, so the distance in
   which a remotely driven train stops is spread as they are. Who sees that service braking would not do it takes the emergency
   brake. Ignores: light and weather, which `sight` has to stand for, and
   what a picture does not show. */
#include "sim/operate/lookout.h"

#define TIME_ROWS(MEMBER, KEY, MEDIAN, LATE, MEANING)                                                              \
    PARAM_ROW_REAL(RemoteSpec, MEMBER.median, KEY, "ms", MEDIAN, 0, 60000, 0, MEANING ": median", "[I]"),          \
        PARAM_ROW_REAL(RemoteSpec, MEMBER.late, KEY "_late", "ms", LATE, 0, 60000, 0, MEANING ": 95 of 100 are not slower", \
                       "[I]")

static const ParamField fields[] = {
    PARAM_ROW_CHOICE(RemoteSpec, called, "called", param_no_yes, 0, 0,
                     "goa4: an operator can be called to drive on after a minimal-risk stop", "MODEL 9"),
    PARAM_ROW_CHOICE(RemoteSpec, drives, "drives", param_no_yes, 0, 0, "an operator drives from the start in place of the ATO",
                     "MODEL 9"),
    PARAM_ROW_REAL(RemoteSpec, speed, "speed", "km/h", 15, 1, 80, 0, "cap while an operator drives",
                   "[I]: stops in 15 m at 1.1 m/s2 and 1.8 s"),
    TIME_ROWS(picture, "picture", 180, 400, "age of the picture that the operator sees"),
    TIME_ROWS(command, "command", 80, 250, "until a command reaches the train"),
    PARAM_ROW_REAL(RemoteSpec, timeout, "timeout", "s", 1, 0.1, 60, 0, "without a word from the operator, then the train brakes",
                   "[I]"),
};
const ParamTable remote_table = PARAM_TABLE(RemoteSpec, fields, "a remote operator, whose pictures and commands take time");

#define KEPT 2.0      /* m to what stands there */
#define HARD_RATE 1.1 /* m/s2: what needs more asks for the emergency brake */
#define CRAWL 0.1     /* m/s */

enum { DRAW_EYES = 2, DRAW_PICTURE, DRAW_COMMAND }; /* 0 and 1 are of modes.c */

void lookout_cycle(const LookoutInput *in, LookoutTrack *track)
{
    if (in->gap <= 0.0 || in->gap > in->spec->sight) {
        *track = (LookoutTrack){0};
        return;
    }
    if (!track->sees) {
        track->sees = 1;
        track->wait = human_time(&in->spec->obstacle, in->stream, in->tick, DRAW_EYES);
        if (in->remote) {
            track->wait += human_time(&in->remote->picture, in->stream, in->tick, DRAW_PICTURE) +
                           human_time(&in->remote->command, in->stream, in->tick, DRAW_COMMAND);
        }
    }
    track->wait -= in->cycle;
    if (track->wait <= 0.0) track->knows = 1;
    double room = in->gap > KEPT ? in->gap - KEPT : 0.0, v = in->speed;
    if (track->knows && v > CRAWL && v * v > 2.0 * HARD_RATE * room) track->hard = 1;
    if (v < CRAWL) track->hard = 0;
}
