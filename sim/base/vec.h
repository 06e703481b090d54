/* Plane vectors. */
#pragma once

typedef struct Vec2 {
    double x, y;
} Vec2;

static inline Vec2 vec2(double x, double y) { return (Vec2){x, y}; }
static inline Vec2 vec2_add(Vec2 a, Vec2 b) { return (Vec2){a.x + b.x, a.y + b.y}; }
static inline Vec2 vec2_sub(Vec2 a, Vec2 b) { return (Vec2){a.x - b.x, a.y - b.y}; }
static inline Vec2 vec2_scale(Vec2 a, double k) { return (Vec2){a.x * k, a.y * k}; }
static inline double vec2_dot(Vec2 a, Vec2 b) { return a.x * b.x + a.y * b.y; }
static inline double vec2_cross(Vec2 a, Vec2 b) { return a.x * b.y - a.y * b.x; }
/* Rotates by the angle whose sine and cosine are given, counter-clockwise. */
static inline Vec2 vec2_rotate(Vec2 a, double sine, double cosine)
{
    return (Vec2){cosine * a.x - sine * a.y, sine * a.x + cosine * a.y};
}
