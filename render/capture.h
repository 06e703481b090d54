/* Pictures out of the program: PNG files, and raw frames to ffmpeg for a video. */
#pragma once
#include <stdint.h>
#include <stdio.h>

/* RGBA, top row first. 0 with a message when the file cannot be written; then the old file is left. */
int capture_png(const char *file, const uint8_t *pixels, int width, int height);

typedef struct CaptureVideo {
    FILE *pipe;
    int width, height;
} CaptureVideo;

int capture_video_open(CaptureVideo *video, const char *file, int width, int height, int frames_per_second);
int capture_video_frame(CaptureVideo *video, const uint8_t *pixels);
/* 0 when ffmpeg failed. */
int capture_video_close(CaptureVideo *video);
