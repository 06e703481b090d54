// Instances of a mesh: an affine transform relative to the camera, a colour, four values for the surface.
layout(location = 0) in vec3 a_position;
layout(location = 1) in vec3 a_normal;
layout(location = 2) in vec2 a_uv;
layout(location = 3) in vec4 a_colour;
layout(location = 4) in vec4 i_row0;
layout(location = 5) in vec4 i_row1;
layout(location = 6) in vec4 i_row2;
layout(location = 7) in vec4 i_colour;
layout(location = 8) in vec4 i_data;
uniform mat4 u_view_projection;
uniform mat4 u_shadow_matrix;
#ifdef SOFT
out vec3 v_sunny;        // what the sun adds where it shines, and what there is without: haze in both
out vec3 v_shaded;
out vec3 v_shadow;
#else
out vec3 v_place;        // relative to the camera
out vec3 v_normal;
out vec3 v_local;        // in the mesh
out vec3 v_local_normal;
out vec2 v_uv;
out vec4 v_paint;        // the vertex' own colour and gloss
out vec3 v_shadow;
flat out vec4 v_colour;
flat out vec4 v_data;
#endif
#if defined(ROAD) && TRACKS
layout(location = 9) in vec4 a_track;
layout(location = 10) in vec4 a_dash;
out vec4 v_track;
out vec4 v_dash;
#endif

void main()
{
    vec4 p = vec4(a_position, 1.0);
    vec3 place = vec3(dot(i_row0, p), dot(i_row1, p), dot(i_row2, p));

    // normals go by the inverse transpose; our transforms are rotations of a scaling
    vec3 x = vec3(i_row0.x, i_row1.x, i_row2.x), y = vec3(i_row0.y, i_row1.y, i_row2.y);
    vec3 z = vec3(i_row0.z, i_row1.z, i_row2.z);
    vec3 scale = max(vec3(dot(x, x), dot(y, y), dot(z, z)), vec3(1e-6));
    vec3 n = a_normal / scale;
    n = normalize(vec3(dot(i_row0.xyz, n), dot(i_row1.xyz, n), dot(i_row2.xyz, n)));
    v_shadow = (u_shadow_matrix * vec4(place + n * 0.06, 1.0)).xyz;

#ifdef SOFT
#ifdef LEAVES
    vec3 tint = mix(vec3(1.0), i_colour.rgb, step(0.5, a_colour.a));
    leaf_light(place, n, a_colour.rgb * tint, a_colour.a, a_uv.y, v_sunny, v_shaded);
#else
    plain_light(place, n, a_colour.rgb * mix(vec3(1.0), i_colour.rgb, a_uv.x), a_colour.a, a_uv.y, v_sunny, v_shaded);
#endif
    vec4 air = haze(place);
    v_sunny *= 1.0 - air.a;
    v_shaded = mix(v_shaded, air.rgb, air.a);
#else
    v_place = place;
    v_normal = n;
    v_local = a_position;
    v_local_normal = a_normal;
    v_uv = a_uv;
    v_paint = a_colour;
    v_colour = i_colour;
    v_data = i_data;
#endif
#if defined(ROAD) && TRACKS
    v_track = a_track;
    v_dash = a_dash;
#endif
    gl_Position = u_view_projection * vec4(place, 1.0);
}
