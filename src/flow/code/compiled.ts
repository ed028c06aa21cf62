/**
 * The compiled twin of a module: tests run the sources, but step processes are plain Node.js and run what
 * `npm run build` made of them.
 */
export function compiledModule(url: string): string {
  if (!url.endsWith('.ts')) return url;
  const at = url.lastIndexOf('/src/');
  return at < 0 ? url : `${url.slice(0, at)}/dist/${url.slice(at + 5, -3)}.js`;
}
