// A module's body: white over a dark window band that runs round the nose as the windscreen, a red line, slim lamps,
// double doors. Body coordinates: x forward from the module's CG, y left, z above the road. Three programs: the PART that
// has a nose (0), flanks and roof (1), and what is on the roof or between the modules (2).
in vec3 v_place;
in vec3 v_normal;
in vec3 v_local;
in vec3 v_local_normal;
in vec2 v_uv;      // surface (0 body, 1 roof fairing, 2 bellows), how far round the nose: 0 flank .. 1 middle
in vec4 v_paint;
in vec3 v_shadow;
// x of the front and rear end of the body; noses there: bit 1 front, bit 2 rear; lamps: 1 white at the front
flat in vec4 v_colour;
flat in vec4 v_data;   // x of up to two axles, arch radius, height of the body
// 0..7: doors: x, half width, -, opening, those on the left first; 8: how many on the left, on the right; 1: hazard lights burn;
// length of a nose
uniform vec4 u_extra[16];
out vec4 o_colour;

float glass, gloss, glow;
float from_tip = 1e3; // m behind the tip of a nose
vec3 albedo;

void paint(vec3 colour, float cover)
{
    albedo = mix(albedo, colour, cover);
}

const vec3 RED = vec3(0.56, 0.030, 0.018);
const vec3 TEAL = vec3(0.015, 0.22, 0.25);
const vec3 DARK = vec3(0.012, 0.013, 0.015);

#if PART < 2
// leaves slide apart by the opening, and show the lit inside
void doors(vec3 p)
{
    // the nearest one of this side; doors on the left come first, those on the right behind them
    float left = u_extra[8].x, first = p.y > 0.0 ? 0.0 : left, end = p.y > 0.0 ? left : left + u_extra[8].y;
    vec4 door = vec4(1e3, 0.0, 0.0, 0.0);
    int count = int(left + u_extra[8].y);
    for (int i = 0; i < count; i++) {
        bool nearer = float(i) >= first && float(i) < end && abs(p.x - u_extra[i].x) < abs(p.x - door.x);
        door = nearer ? u_extra[i] : door;
    }
    vec2 d = vec2(p.x - door.x, p.z - 1.42);
    float hole = box_distance(d, vec2(door.y, 1.13), 0.09);
    float frame = inside(hole);
    glass *= 1.0 - frame;
    float slide = door.w * door.y, leaf = abs(d.x) - slide;
    float open = inside(abs(d.x) - slide) * frame * step(0.001, slide);
    float pane = inside(box_distance(vec2(leaf - door.y * 0.5, d.y - 0.06), vec2(door.y * 0.5 - 0.10, 0.94), 0.08));
    float in_leaf = frame * (1.0 - open);
    paint(RED, in_leaf);
    paint(DARK, in_leaf * pane);
    glass = max(glass, in_leaf * pane);
    paint(vec3(0.02), inside(abs(leaf) - 0.012) * in_leaf);
    paint(mix(vec3(0.10, 0.095, 0.085), vec3(0.75, 0.68, 0.55), smoothstep(0.4, 1.1, d.y)), open);
    glow = max(glow, open * 0.35 * smoothstep(0.0, 1.1, d.y));
    paint(vec3(0.02), inside(abs(hole) - 0.018));
}

#if PART == 0
// the end with a cab; `d` = distance behind its tip
void nose(vec3 p, float d, float white_lamps)
{
    float across = abs(p.y);
    // windscreen: lower edge falls towards the middle, upper edge runs into the roof
    float round_nose = smoothstep(2.3, 1.25, d);
    float low = 1.16 - 0.20 * round_nose, high = mix(2.72, 2.96, round_nose);
    float screen = inside(max(low - p.z, p.z - high)) * inside(d - 2.3);
    glass = max(glass, screen);
    paint(DARK, screen);

    if (v_local_normal.x * sign(p.x) > 0.15) {
        // wipers
        vec2 w = vec2(across - 0.10, p.z - low - 0.05);
        float arm = inside(max(abs(w.y - w.x * 0.28) - 0.014, abs(w.x - 0.36) - 0.34));
        paint(vec3(0.03), arm);
        glass *= 1.0 - arm;
    }

    // bumper, lamps: a slim blade that climbs round the corner, and a thin line over it
    float bumper = inside(p.z - 0.50) * inside(d - 2.4);
    paint(vec3(0.035, 0.037, 0.040), bumper);
    float blade_z = 0.80 + 0.16 * smoothstep(0.35, 1.25, across);
    float blade = inside(max(abs(p.z - blade_z) - mix(0.018, 0.048, smoothstep(0.35, 0.8, across)),
                             max(0.42 - across, d - 1.05)));
    paint(vec3(0.015), inside(max(abs(p.z - blade_z) - 0.10, max(0.36 - across, d - 1.10))));
    vec3 lamp_colour = white_lamps > 0.5 ? vec3(0.95, 0.97, 1.0) : vec3(0.95, 0.03, 0.02);
    paint(lamp_colour, blade);
    glow = max(glow, blade * (white_lamps > 0.5 ? 1.0 : 0.55));
    float hazard = u_extra[8].z * inside(box_distance(vec2(across - 1.02, p.z - 1.06), vec2(0.14, 0.05), 0.03)) * step(d, 1.6);
    paint(vec3(1.0, 0.36, 0.01), hazard);
    glow = max(glow, hazard * 1.2);
}
#endif

void body(vec3 p)
{
    float height = v_data.w, roof = height - 0.26;
    bool flank = abs(v_local_normal.y) > 0.5;
    float front = v_colour.x - p.x, rear = p.x - v_colour.y;
    bool front_nose = mod(v_colour.z, 2.0) > 0.5, rear_nose = v_colour.z > 1.5;
#if PART == 0
    // in metres of a train's nose of 2.7 m, so that the paint follows a shorter one
    float near_nose = min(front_nose ? front : 1e3, rear_nose ? rear : 1e3) * (2.7 / u_extra[8].w);
#else
    const float near_nose = 1e3;
#endif
    from_tip = near_nose;
    albedo = vec3(0.80, 0.81, 0.82);
    gloss = 0.55;

    // skirt, lines below the windows that rise towards the nose
    paint(vec3(0.055, 0.058, 0.062), inside(p.z - 0.44));
    float lift = 0.030 * pow(max(3.4 - near_nose, 0.0), 2.0);
    float line = inside(abs(p.z - 0.74 - lift * 0.30) - 0.055) * step(1.15, near_nose);
    paint(RED, line);
    paint(TEAL, inside(abs(p.z - 0.615 - lift * 0.25) - 0.018) * step(1.3, near_nose));

    // hazard lights beside both ends
    float hazard = u_extra[8].z * inside(box_distance(vec2(min(abs(front - 0.85), abs(rear - 0.85)), p.z - 0.94), vec2(0.16, 0.05), 0.03));
    if (flank) {
        paint(vec3(1.0, 0.36, 0.01), hazard);
        glow = max(glow, hazard * 1.2);
    }

    // window band, ended by a slanted red flash towards the bellows
    if (flank && p.z < roof) {
        float end_front = front_nose ? -4.0 : 0.42, end_rear = rear_nose ? -4.0 : 0.42;
        float band = inside(max(max(1.16 - p.z, p.z - 2.72), max(end_front - front, end_rear - rear)));
        paint(DARK, band);
        glass = band;
        float bay = (p.x - v_colour.y) / 1.55;
        float pillar = band * dashes(bay, 0.030, max(fwidth(p.x), 1e-4) / 1.55) * step(2.2, near_nose);
        paint(vec3(0.030), pillar);
        glass *= 1.0 - 0.6 * pillar;
        float vent = inside(box_distance(vec2(fract(bay) * 1.55 - 0.78, p.z - 2.40), vec2(0.62, 0.004), 0.002));
        glass *= 1.0 - 0.5 * vent * band;
        paint(vec3(0.25, 0.255, 0.26), inside(abs(p.z - 2.80) - 0.012));
        doors(p);
    }
#if PART == 0
    if (near_nose < 2.6) nose(p, near_nose, (v_colour.a > 0.0) == (front_nose && front < 2.7) ? 1.0 : 0.0);
#endif
    // rain gutter and panel joints
    if (flank) paint(albedo * 0.55, inside(abs(p.z - roof + 0.05) - 0.008) * 0.7);
}
#endif

#if NIGHT
// What is seen of the lit inside through a pane: lamps along the ceiling, panes and pillars of the far side, poles, seats
// and some people before them. Where a pixel holds more than that it is their mean.
vec3 inside_light(vec3 p, vec3 view)
{
    // what lies behind the pane moves against it
    vec2 shift = vec2(dot(view.xy, normalize(v_normal.yx * vec2(-1.0, 1.0))), view.z);
    vec2 wall = vec2(p.x, p.z) - 1.6 * shift, near = vec2(p.x, p.z) - 0.6 * shift;
    float f = max(fwidth(p.x), 1e-3), fine = 1.0 - smoothstep(0.06, 0.25, f);
    float bay = fract(wall.x / 1.55), pane = step(0.10, bay) * step(bay, 0.90) * step(1.30, wall.y) * step(wall.y, 2.25);
    vec3 back = mix(vec3(0.36, 0.33, 0.27), vec3(0.030, 0.034, 0.045), mix(0.45, pane, fine));
    back *= 0.55 + 0.45 * smoothstep(0.9, 2.2, wall.y);
    float lamp = smoothstep(0.05, 0.01, abs(near.y - 2.50));
    float cell = floor(near.x / 0.82), side = (fract(near.x / 0.82) - 0.5) * 0.82;
    float seat = smoothstep(0.02, -0.02, box_distance(vec2(side, near.y - 1.15), vec2(0.26, 0.42), 0.14));
    float there = step(0.62, hash21(vec2(cell, sign(p.y) * 3.0)));
    vec2 head = vec2(side - 0.05, near.y - 1.68);
    float person = there * max(smoothstep(0.125, 0.105, length(head)),
                               smoothstep(0.02, -0.02, box_distance(head + vec2(0.0, 0.36), vec2(0.21, 0.24), 0.16)));
    float pole = smoothstep(0.024, 0.014, abs(fract(near.x / 3.1 + 0.25) - 0.5) * 3.1);
    back = mix(back, vec3(0.50, 0.36, 0.08), pole * fine * 0.8);
    back = mix(back, vec3(0.050, 0.070, 0.095), seat * mix(0.5, 1.0, fine));
    back = mix(back, vec3(0.030, 0.024, 0.022) + 0.10 * hash21(vec2(cell, 7.0)) * vec3(0.6, 0.3, 0.2), person * mix(0.4, 1.0, fine));
    back += vec3(1.0, 0.96, 0.86) * (lamp * 1.1);
    return back * vec3(1.0, 0.93, 0.80) * (glass * smoothstep(2.7, 3.1, from_tip));
}
#endif

void main()
{
    vec3 n = normalize(v_normal), view = -normalize(v_place), p = v_local;
    glass = 0.0, glow = 0.0, gloss = 0.1;
#if PART < 2
    // wheel arches are holes
    vec2 a = vec2(p.x - v_data.x, p.z - 0.40), b = vec2(p.x - v_data.y, p.z - 0.40);
    float arch = min(length(a), length(b)) - v_data.z;
    if (arch < 0.0 && abs(v_local_normal.y) > 0.4) discard;
    body(p);
    paint(vec3(0.03), inside(abs(arch) - 0.03));
#else
    albedo = v_paint.rgb;
    gloss = v_paint.a;
    float cover = step(v_uv.x, 1.5), grille = dashes(p.x * 7.0, 0.55, max(fwidth(p.x) * 7.0, 1e-3));
    albedo *= mix(1.0, 0.45, cover * step(0.6, abs(v_local_normal.y)) * grille * step(1.5, mod(p.x + 40.0, 3.1)));
    gloss = mix(0.05, gloss, cover);
    if (cover < 0.5 && dot(n, view) < 0.0) n = -n;
#endif

    float facing = max(dot(n, u_sun), 0.0), lit = sunlit(v_shadow);
    float low = mix(0.45, 1.0, smoothstep(0.15, 1.0, p.z));
    albedo = snowed(albedo, n, 0.8);
    vec3 colour = albedo * (sun_light() * (facing * lit) + ambient(n) * low + lamps(v_place, n) * 0.8);
    vec3 mirror = reflect(-view, n), h = normalize(view + u_sun);
    float fresnel = 0.04 + 0.96 * fourth(1.0 - max(dot(n, view), 0.0));
    vec3 walls = mix(vec3(0.30), vec3(0.115, 0.118, 0.122), glass);
    vec3 town = mix(vec3(0.060, 0.058, 0.055), walls, smoothstep(-0.25, 0.08, mirror.z)) * u_weather.x;
    vec3 around = mix(town, sky(mirror), smoothstep(0.02, 0.20, mirror.z));
    float strength = mix(fresnel * gloss, 0.08 + 0.70 * fresnel, glass);
    colour = mix(colour, around, clamp(strength, 0.0, 1.0) * mix(low, 1.0, glass));
#if DETAIL > 0
    // a lamp strip under the ceiling, seen through the panes
    if (glass > 0.3 && abs(v_local_normal.y) > 0.5) {
        float strip = smoothstep(0.10, 0.0, abs(p.z - 2.46 - 0.25 * view.z)) * 0.10;
        colour += vec3(1.0, 0.93, 0.80) * (strip * glass * smoothstep(2.7, 3.1, from_tip));
    }
#endif
#if NIGHT
    // at night the inside lights its windows; the cab is dark
    if (glass > 0.3 && abs(v_local_normal.y) > 0.5) colour += inside_light(p, view) * (1.0 - smoothstep(0.15, 0.5, u_weather.x));
#endif
    float spot = pow(max(dot(n, h), 0.0), mix(120.0, 420.0, glass)) * mix(0.35 * gloss, 1.6, glass);
    colour += sun_light() * (spot * lit * step(0.0, facing));
    colour += albedo * glow * mix(5.0, 3.2, u_weather.x);
#if PART < 2
    if (!gl_FrontFacing) colour = vec3(0.006);
#endif
    o_colour = finish(colour, v_place);
}
