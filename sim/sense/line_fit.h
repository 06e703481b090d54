/* The line that a frame's dashes draw, without any map: what a camera publishes by itself. */
#pragma once
#include "sim/sense/sensor.h"

/* Fits offset, heading and curvature of the middle between both rows to the dashes of a frame, by the frame before it as
   a first guess; fills frame->fit. `row_spacing` in m. */
void line_fit(const CameraSpec *spec, double lens_ahead, double row_spacing, const LineFit *before, CameraFrame *frame);
