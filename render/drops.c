/* Drops fill a box around the eye that repeats: each has its place in the world by its number and falls with the
   sample's time, so that a frame is the same however it was reached. A drop is a thin ribbon along its fall, a flake a
   small square. The mean wind carries them. Ignores: gusts, what they hit. */
#include "render/drops.h"

#include <math.h>

#define BOX 15.0      /* m, side of the box that repeats */
#define RAIN_FALL 8.5 /* m/s */
#define SNOW_FALL 1.3
#define SHUTTER 0.045 /* s that a drop smears over */
enum { RAIN_MOST = 1400, SNOW_MOST = 2200 };

/* Where in the box around the eye a number's drop is; `flow` is how the air moves and drops fall in it, m/s. */
static void place_of(uint32_t number, double time, const double flow[3], const double eye[3], double place[3])
{
    double sway = -flow[2] < 4.0 ? 0.35 : 0.0; // flakes reel
    double drift[3] = {sway * sin(0.7 * time + number) + flow[0] * time,
                       sway * cos(0.9 * time + number) + flow[1] * time, flow[2] * time};
    for (int i = 0; i < 3; i++) {
        double away = BOX * (double)mesh_random(number, 70u + (uint32_t)i) + drift[i] - eye[i];
        place[i] = eye[i] - 0.5 * BOX + away - BOX * floor(away / BOX);
    }
}

/* Two triangles between two ends of a ribbon. */
static void ribbon(Scene *scene, const double eye[3], const double from[3], const double to[3], const double half[3],
                   const float colour[4])
{
    double corner[4][3];
    for (int i = 0; i < 3; i++) {
        corner[0][i] = from[i] + half[i], corner[1][i] = from[i] - half[i];
        corner[2][i] = to[i] - half[i], corner[3][i] = to[i] + half[i];
    }
    const int order[6] = {0, 1, 2, 0, 2, 3};
    const float across[4] = {1.0f, -1.0f, -1.0f, 1.0f};
    for (int i = 0; i < 6; i++) scene_overlay(scene, corner[order[i]], eye, colour, across[order[i]]);
}

void drops_build(Scene *scene, const SceneInput *input, float rain, float snow)
{
    const double *eye = input->view->eye, time = input->options.still ? 0.0 : input->sample->time;
    double aim[3], length = 0.0;
    for (int i = 0; i < 3; i++) {
        aim[i] = input->view->target[i] - eye[i];
        length += aim[i] * aim[i];
    }
    length = sqrt(fmax(length, 1e-6));
    int snowing = snow > rain;
    int count = snowing ? (int)(snow * SNOW_MOST) : (int)(fminf(rain * 1.3f, 1.0f) * RAIN_MOST);
    double wind = input->sample->wind, from_where = input->sample->wind_from; // compass: where it blows from
    const double flow[3] = {-wind * sin(from_where), -wind * cos(from_where), snowing ? -SNOW_FALL : -RAIN_FALL};
    float bright = 0.35f + 0.65f * (float)input->sample->light;

    // a ribbon's width lies across the line of sight, level
    double flat = sqrt(fmax(aim[0] * aim[0] + aim[1] * aim[1], 1e-6));
    for (int i = 0; i < count; i++) {
        double from[3], away = 0.0, ahead = 0.0;
        place_of((uint32_t)i, time, flow, eye, from);
        for (int k = 0; k < 3; k++) {
            away += (from[k] - eye[k]) * (from[k] - eye[k]);
            ahead += (from[k] - eye[k]) * aim[k];
        }
        if (ahead < 0.3 * length || away < 0.6) continue;
        // near drops are out of focus: wider and fainter; none gets thinner than about a pixel
        double far = sqrt(away), wide = snowing ? fmax(0.012, 0.0022 * far) : fmax(0.0022, 0.0011 * far),
               smear = snowing ? 2.0 * wide / SNOW_FALL : SHUTTER;
        const double half[3] = {-aim[1] / flat * wide, aim[0] / flat * wide, 0.0};
        float fade = (float)fmin(1.0, far / 2.5) * (snowing ? 0.80f : 0.22f);
        const float colour[4] = {bright * 0.86f, bright * 0.90f, bright * 0.96f, fade};
        const double to[3] = {from[0] + (snowing ? 0.0 : flow[0] * smear), from[1] + (snowing ? 0.0 : flow[1] * smear),
                              from[2] + flow[2] * smear};
        ribbon(scene, eye, from, to, half, colour);
    }
}
