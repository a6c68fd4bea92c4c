/** `{part}` in a path: the id of the target's artifact that plays the part. */
export const placeholder = /\{([A-Za-z][A-Za-z0-9-]*)\}/g;
