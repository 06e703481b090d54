/* The line that a frame's dashes draw, without any map: what a camera publishes by itself. */
#pragma once
#include "sim/sense/sensor.h"

/* The line that the dashes of a frame draw, by the camera alone: the module's CG left of it, its heading to the left of
   it, the line's curvature to the left; all as the camera looks. */
typedef struct LineFit {
    double offset, heading, curvature; /* m, rad, 1/m */
    double confidence;                 /* 0..1: share of what was in view that lies on it */
} LineFit;

/* Fits the middle between both rows to the dashes of a frame. `guess` is where the line is looked for, to half a row spacing
   (m), and the result, without confidence, where there are too few dashes; lens_ahead in m, of the CG. */
LineFit line_fit(const CameraSpec *spec, double lens_ahead, double row_spacing, const LineFit *guess,
                 const CameraFrame *frame);
