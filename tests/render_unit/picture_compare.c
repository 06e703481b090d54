/* picture_compare ACTUAL GOLDEN DIFF: compares a picture with its golden one, which is stored at half its size: ACTUAL is
   averaged over 2 x 2 pixels first. Exit code 0 when at most 0.5 % of the pixels are off by more than 8/255 and the mean
   error is at most 0.5/255; else 1, and DIFF shows where, eight times enlarged. With a single "-" for GOLDEN it writes the
   halved ACTUAL to DIFF, which then is a new golden picture. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STBI_ONLY_PNG
#include <stb/stb_image.h>
#include <stb/stb_image_write.h>

typedef struct Picture {
    unsigned char *pixels; /* RGB */
    int width, height;
} Picture;

static Picture picture_read(const char *file)
{
    Picture picture = {0};
    int channels = 0;
    picture.pixels = stbi_load(file, &picture.width, &picture.height, &channels, 3);
    if (!picture.pixels) fprintf(stderr, "%s: %s\n", file, stbi_failure_reason());
    return picture;
}

static Picture picture_halve(const Picture *whole)
{
    Picture half = {.width = whole->width / 2, .height = whole->height / 2};
    size_t stride = (size_t)whole->width * 3;
    half.pixels = malloc((size_t)half.width * (size_t)half.height * 3);
    if (!half.pixels) exit(2);
    for (int y = 0; y < half.height; y++) {
        for (int x = 0; x < half.width; x++) {
            const unsigned char *p = whole->pixels + 2 * (size_t)y * stride + 6 * (size_t)x;
            unsigned char *q = half.pixels + ((size_t)y * (size_t)half.width + (size_t)x) * 3;
            for (int k = 0; k < 3; k++)
                q[k] = (unsigned char)((p[k] + p[k + 3] + p[stride + (size_t)k] + p[stride + (size_t)k + 3] + 2) / 4);
        }
    }
    return half;
}

static int write_png(const char *file, const Picture *picture)
{
    stbi_write_png_compression_level = 12;
    if (stbi_write_png(file, picture->width, picture->height, 3, picture->pixels, picture->width * 3)) return 1;
    fprintf(stderr, "%s cannot be written\n", file);
    return 0;
}

/* Compares in place: the pixels of `actual` become the enlarged difference. */
static int compare(Picture *actual, const Picture *golden)
{
    size_t count = (size_t)golden->width * (size_t)golden->height, off = 0;
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        int most = 0;
        for (int k = 0; k < 3; k++) {
            unsigned char *p = &actual->pixels[3 * i + (size_t)k];
            int error = abs(*p - golden->pixels[3 * i + (size_t)k]);
            sum += error;
            if (error > most) most = error;
            *p = (unsigned char)(8 * error > 255 ? 255 : 8 * error);
        }
        off += most > 8;
    }
    double share = 100.0 * (double)off / (double)count, mean = sum / (3.0 * (double)count);
    int good = share <= 0.5 && mean <= 0.5;
    printf("%.3f %% of the pixels off by more than 8, 0.5 %% allowed; mean error %.3f, 0.5 allowed\n", share, mean);
    return good;
}

int main(int count, char **arguments)
{
    if (count != 4) {
        fputs("usage: picture_compare ACTUAL GOLDEN|- DIFF\n", stderr);
        return 2;
    }
    Picture whole = picture_read(arguments[1]);
    if (!whole.pixels) return 2;
    Picture actual = picture_halve(&whole);
    if (strcmp(arguments[2], "-") == 0) return write_png(arguments[3], &actual) ? 0 : 2;
    Picture golden = picture_read(arguments[2]);
    if (!golden.pixels) return 2;
    if (golden.width != actual.width || golden.height != actual.height) {
        printf("size %d x %d, golden %d x %d\n", actual.width, actual.height, golden.width, golden.height);
        return 1;
    }
    if (compare(&actual, &golden)) return 0;
    write_png(arguments[3], &actual);
    return 1;
}
