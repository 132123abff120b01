/**
 * Where the reader is. The address names pages, lists and listed parties alone; who was asked for is personal data and
 * stands in the entry of the session's history (`history.state`), which no server log, bookmark or Referer header sees.
 */
export type Kept = Record<string, unknown>;

export const route = $state<{ path: string; search: string; kept: Kept; visit: number }>({
  path: location.pathname,
  search: location.search,
  kept: keptIn(history.state),
  visit: 0,
});

function keptIn(state: unknown): Kept {
  return typeof state === 'object' && state !== null ? (state as Kept) : {};
}

function read(): void {
  route.path = location.pathname;
  route.search = location.search;
  route.kept = keptIn(history.state);
  route.visit += 1;
}

addEventListener('popstate', read);

/** Goes to another page of ours. */
export function go(to: string, kept: Kept = {}): void {
  history.pushState(kept, '', to);
  read();
  scrollTo(0, 0);
}

/** Notes what a page shows, without a new entry: `search` in the address, `kept` beside it. */
export function note(search: URLSearchParams, kept: Kept): void {
  const query = search.toString();
  history.replaceState($state.snapshot(kept), '', location.pathname + (query ? `?${query}` : ''));
}

/** Links within the pages are followed without loading anything anew. */
export function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
    return;
  const anchor = (event.target as Element | null)?.closest('a');
  if (!anchor || anchor.target || anchor.hasAttribute('download') || anchor.origin !== location.origin)
    return;
  if (anchor.hash && anchor.pathname === location.pathname) return;
  if (anchor.pathname !== '/' && !anchor.pathname.startsWith('/desk')) return;
  event.preventDefault();
  go(anchor.pathname + anchor.search);
}

/** `/desk/party/:id` against a path: its parts, decoded, or nothing. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const [want, have] = [pattern.split('/'), path.replace(/\/$/, '').split('/')];
  if (path === '/' ? pattern !== '/' : want.length !== have.length) return null;
  const found: Record<string, string> = {};
  for (const [i, part] of want.entries()) {
    const value = have[i] ?? '';
    if (part.startsWith(':')) {
      try {
        found[part.slice(1)] = decodeURIComponent(value);
      } catch {
        return null;
      }
    } else if (part !== value) return null;
  }
  return found;
}
