/* PNG by stb_image_write, without a time stamp, so that equal pictures give equal files; written beside the target and
   renamed. Video by the ffmpeg program, H.264 in an MP4. */
#include "render/capture.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "render/stb_write.h"

int capture_png(const char *file, const uint8_t *pixels, int width, int height)
{
    struct stat there;
    if (stat(file, &there) == 0 && !S_ISREG(there.st_mode)) {
        fprintf(stderr, "artview: %s is no regular file\n", file);
        return 0;
    }
    size_t length = strlen(file);
    char *beside = malloc(length + 6);
    if (!beside) return 0;
    memcpy(beside, file, length);
    memcpy(beside + length, ".part", 6);
    int good = stbi_write_png(beside, width, height, 4, pixels, width * 4) && rename(beside, file) == 0;
    if (!good) {
        fprintf(stderr, "artview: %s cannot be written\n", file);
        remove(beside);
    }
    free(beside);
    return good;
}

/* The file's name for the shell, in single quotes. */
static char *quoted(const char *file)
{
    char *text = malloc(4 * strlen(file) + 3), *to = text;
    if (!text) return NULL;
    *to++ = '\'';
    for (; *file; file++) {
        if (*file == '\'') {
            memcpy(to, "'\\''", 4);
            to += 4;
        } else {
            *to++ = *file;
        }
    }
    *to++ = '\'';
    *to = '\0';
    return text;
}

int capture_video_open(CaptureVideo *video, const char *file, int width, int height, int frames_per_second)
{
    *video = (CaptureVideo){.width = width, .height = height};
    char *name = quoted(file);
    if (!name) return 0;
    size_t size = strlen(name) + 256;
    char *command = malloc(size);
    if (command) {
        snprintf(command, size,
                 "ffmpeg -loglevel error -y -f rawvideo -pixel_format rgba -video_size %dx%d -framerate %d -i - "
                 "-c:v libx264 -preset medium -crf 19 -pix_fmt yuv420p -movflags +faststart %s",
                 width, height, frames_per_second, name);
        signal(SIGPIPE, SIG_IGN);
        video->pipe = popen(command, "w");
    }
    free(command);
    free(name);
    if (!video->pipe) fputs("artview: ffmpeg cannot be started\n", stderr);
    return video->pipe != NULL;
}

int capture_video_frame(CaptureVideo *video, const uint8_t *pixels)
{
    size_t size = (size_t)video->width * (size_t)video->height * 4;
    return fwrite(pixels, 1, size, video->pipe) == size;
}

int capture_video_close(CaptureVideo *video)
{
    int status = video->pipe ? pclose(video->pipe) : -1;
    video->pipe = NULL;
    if (status != 0) fputs("artview: ffmpeg failed\n", stderr);
    return status == 0;
}
