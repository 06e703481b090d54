// Light on plain things and on leaves, in two parts: what the sun adds where it shines, and what is there without it.
// Near by it is reckoned in every pixel, far off at the vertices: what is small has more vertices than pixels anyway.

#if DETAIL > 0
#define SKY sky
#else
#define SKY haze_colour
#endif

void plain_light(vec3 place, vec3 n, vec3 albedo, float gloss, float lamp, out vec3 sunny, out vec3 shaded)
{
    vec3 view = -normalize(place);
    float facing = max(dot(n, u_sun), 0.0);
    vec3 sun = sun_light() * facing;
    albedo = snowed(albedo, n, 0.9);
    sunny = albedo * sun;
    shaded = albedo * (ambient(n) * mix(0.75, 1.0, n.z * 0.5 + 0.5) + lamps(place, n));

    vec3 mirror = reflect(-view, n), h = normalize(view + u_sun);
    float glance = 1.0 - max(dot(n, view), 0.0), fresnel = 0.04 + 0.96 * fourth(glance) * glance;
    vec3 around = mix(vec3(0.16, 0.15, 0.14) * u_weather.x, SKY(mirror), smoothstep(-0.15, 0.12, mirror.z));
    shaded += around * (gloss * (0.06 + fresnel));
    sunny += sun * (gloss * fourth(fourth(fourth(max(dot(n, h), 0.0)))) * 0.9);
#if NIGHT
    shaded += albedo * lamp * mix(7.0, 2.5, u_weather.x);
#else
    shaded += albedo * lamp * 2.5;
#endif
}

// `leaf` 0 wood, 1 leaf; `rim` how deep inside the crown: 0 at the core, 1 at the rim. Crowns are lit as soft bodies:
// wrapped light, some of it coming through from behind.
void leaf_light(vec3 place, vec3 n, vec3 albedo, float leaf, float rim, out vec3 sunny, out vec3 shaded)
{
    float through = leaf * square(max(dot(normalize(place), u_sun), 0.0)) * 0.45 * rim;
    albedo = snowed(albedo, n, 0.75);
    float facing = dot(n, u_sun), deep = mix(1.0, 0.55 + 0.45 * rim, leaf);
    float wrapped = deep * mix(max(facing, 0.0), max((facing + 0.35) / 1.35, 0.0), leaf);
    vec3 sun = sun_light() * albedo;
    sunny = sun * (wrapped * (1.0 - 0.15 * leaf)) + vec3(1.0, 1.15, 0.45) * sun * through;
    shaded = sun * (wrapped * 0.15 * leaf) +
             albedo * (ambient(n) * mix(1.0, mix(0.32, 1.0, rim), leaf) + lamps(place, n) * 0.7);
}
