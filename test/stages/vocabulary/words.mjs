export const words = (text) => text.toLowerCase().match(/\p{L}+/gu) ?? [];
