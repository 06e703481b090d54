/* A camera in true geometry: where its lens is and how it is turned, and what it takes a point of the road for. Frame of
   the camera's module: x towards its own end of the train, y left as the camera looks, z up, origin on the road below the
   CG. */
#pragma once
#include "sim/sense/sensor.h"

typedef struct Lens {
    double x, y, sine, cosine;   /* m, CG in the world; direction of the frame's x */
    double place[3], assumed[3]; /* m, of the lens in the frame: true, and as the computer takes it */
    double turn[3][3]; /* from the frame to the computer's idea of it: true attitude undone, assumed applied */
    double ahead;      /* m, nominal, from the CG to the lens: ranges count from there */
} Lens;

/* At this tick. `noise`: a normal draw each of roll and pitch that the attitude sensor adds. */
Lens lens_at(const SenseInput *input, int camera, double roll_noise, double pitch_noise);
/* A point of the road as the camera reports it, m. Returns 0 when it lies behind the lens. */
int lens_see(const Lens *lens, double world_x, double world_y, double *x, double *y);
