import type { Core, ElementDefinition, StylesheetStyle } from 'cytoscape';
import type { NetworkParty, Relation } from '../api.ts';

/** What a relation is called beside its line. */
export function relationName(relation: Relation): string {
  if (relation.share) return relation.holds === 'votes' ? `${relation.share} of the votes` : relation.share;
  const text = relation.role ?? relation.schema;
  return text.replace(/_/g, ' ').toLowerCase();
}

/** Ownership is drawn thick with a filled head, offices with an open one, kin with dots: never by colour alone. */
const KINDS = ['ownership', 'office', 'family', 'other'];

function kindOf(schema: string): string {
  if (schema === 'Ownership') return 'ownership';
  if (['Directorship', 'Employment', 'Membership', 'Representation'].includes(schema)) return 'office';
  return schema === 'Family' ? 'family' : 'other';
}

const DOUBTFUL = new Set(['alleged', 'denied', 'unsubstantiated']);

/** `SHIRINKAR, Mohammad Bagher` over two lines. */
function lettering(caption: string, longest = 17): string {
  const lines = [''];
  for (const word of caption.split(' ')) {
    const line = lines[lines.length - 1] ?? '';
    if (line && line.length + word.length > longest) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.length > 3 ? `${lines.slice(0, 3).join('\n')} …` : lines.join('\n');
}

/** One line for all that is stated between two parties in one direction: the relations' places, the strongest first. */
export function bundles(relations: Relation[]): { from: string; to: string; relations: number[] }[] {
  const found = new Map<string, { from: string; to: string; relations: number[] }>();
  for (const [index, { from, to }] of relations.entries()) {
    const key = JSON.stringify([from, to]);
    const bundle = found.get(key) ?? { from, to, relations: [] };
    bundle.relations.push(index);
    found.set(key, bundle);
  }
  const rank = (index: number) => KINDS.indexOf(kindOf(relations[index]?.schema ?? ''));
  for (const bundle of found.values()) bundle.relations.sort((a, b) => rank(a) - rank(b) || a - b);
  return [...found.values()];
}

interface Place {
  x: number;
  y: number;
}

/** Where a drawing is narrower than this, ellipses leave no room for names. */
const NARROW = 520;

/** The centre, and around it one ellipse for each step away from it, as wide as the drawing is. */
function ellipses(parties: NetworkParty[], _: Relation[], width: number, height: number): Map<string, Place> {
  const steps = Math.max(1, ...parties.map((party) => party.distance));
  const places = new Map<string, Place>();
  // Two stand side by side.
  const middle = parties.length === 2 ? width * 0.3 : width / 2;
  const reach = parties.length === 2 ? width * 0.4 : width / 2 - 85;
  for (let step = 0; step <= steps; step += 1) {
    const ring = parties.filter((party) => party.distance === step);
    const radius = step === 0 ? (ring.length > 1 ? 0.3 : 0) : step / steps;
    // One or two stand beside the centre, where a line has room for its words.
    const begin = ring.length <= 2 ? 0 : Math.PI / ring.length - Math.PI / 2;
    for (const [i, party] of ring.entries()) {
      const turn = begin + (i / ring.length) * 2 * Math.PI;
      places.set(party.id, {
        x: middle + radius * reach * Math.cos(turn),
        y: height / 2 + radius * (height / 2 - 58) * Math.sin(turn),
      });
    }
  }
  return places;
}

/** A column for each step away from the centre, names beside the marks: for a narrow screen. */
function columns(parties: NetworkParty[], _: Relation[], width: number, height: number): Map<string, Place> {
  const steps = Math.max(1, ...parties.map((party) => party.distance));
  const places = new Map<string, Place>();
  for (let step = 0; step <= steps; step += 1) {
    const column = parties.filter((party) => party.distance === step);
    for (const [i, party] of column.entries()) {
      places.set(party.id, {
        x: 58 + (step / steps) * (width - 190),
        y: ((i + 0.5) / column.length) * height,
      });
    }
  }
  return places;
}

/** The height that a drawing asks for, in pixels, where it is so wide. */
export function heightFor(parties: NetworkParty[], width: number): number {
  if (parties.length <= 3) return 260;
  const column = Math.max(
    ...[0, 1, 2, 3].map((step) => parties.filter((party) => party.distance === step).length),
  );
  return width < NARROW ? Math.max(320, Math.min(1400, column * 58)) : 460;
}

/** Owners above what they own, each as far up as its longest chain. */
function storeys(
  parties: NetworkParty[],
  relations: Relation[],
  width: number,
  height: number,
): Map<string, Place> {
  const level = new Map(parties.map((party) => [party.id, 0]));
  // As many rounds as there are parties end every chain; who own each other stay where the rounds leave them.
  for (let round = 0; round < Math.min(parties.length, 20); round += 1) {
    for (const { from, to } of relations) {
      const [upper, lower] = [level.get(from), level.get(to)];
      if (upper !== undefined && lower !== undefined && lower <= upper && upper < 19)
        level.set(to, upper + 1);
    }
  }
  // Who owns stands right above what he owns, not at the top of the drawing.
  for (const party of parties) {
    const below = relations.filter((one) => one.from === party.id).map((one) => level.get(one.to) ?? 0);
    if (below.length > 0 && !relations.some((one) => one.to === party.id))
      level.set(party.id, Math.min(...below) - 1);
  }
  const levels = [...new Set(level.values())].sort((a, b) => a - b);
  const places = new Map<string, Place>();
  for (const [row, at] of levels.entries()) {
    const storey = parties.filter((party) => level.get(party.id) === at);
    for (const [i, party] of storey.entries()) {
      const y = levels.length === 1 ? height / 2 : 56 + (row / (levels.length - 1)) * (height - 124);
      places.set(party.id, { x: ((i + 0.5) / storey.length) * width, y });
    }
  }
  return places;
}

function elements(
  parties: NetworkParty[],
  relations: Relation[],
  places: Map<string, Place> | null,
  beside: boolean,
): ElementDefinition[] {
  const known = new Set(parties.map((party) => party.id));
  const middle = places && parties[0] ? (places.get(parties[0].id)?.y ?? 0) : 0;
  const nodes = parties.map((party) => {
    const position = places?.get(party.id);
    const above = !beside && position !== undefined && party.distance > 0 && position.y < middle - 1;
    const kinds = [party.verdict, party.listed ? 'listed' : '', party.schema === 'Person' ? 'person' : ''];
    return {
      data: {
        id: `party ${party.id}`,
        label: lettering(party.caption, beside && party.distance === 0 ? 8 : 17),
      },
      ...(position ? { position } : {}),
      classes: [...kinds, above ? 'above' : '', beside && party.distance > 0 ? 'beside' : ''].join(' '),
    };
  });
  const edges = bundles(relations).flatMap((bundle, index) => {
    const stated = bundle.relations.flatMap((at) => relations[at] ?? []);
    const first = stated[0];
    if (!first || !known.has(bundle.from) || !known.has(bundle.to)) return [];
    const label = [...new Set(stated.map(relationName))].slice(0, 2).join(', ');
    const doubtful = stated.every((one) => DOUBTFUL.has(one.status ?? ''));
    const data = { id: `line ${index}`, source: `party ${bundle.from}`, target: `party ${bundle.to}`, label };
    return [{ data, classes: `${kindOf(first.schema)}${doubtful ? ' doubtful' : ''}` }];
  });
  return [...nodes, ...edges];
}

function styles(): StylesheetStyle[] {
  const root = getComputedStyle(document.documentElement);
  const colour = (name: string) => root.getPropertyValue(`--${name}`).trim();
  const font = getComputedStyle(document.body).fontFamily;
  const paper = {
    'text-background-color': colour('card'),
    'text-background-opacity': 1,
    'text-background-padding': '2px',
    'font-family': font,
  };
  return [
    {
      selector: 'node',
      style: {
        ...paper,
        width: 32,
        height: 32,
        shape: 'round-rectangle',
        'background-color': colour('card'),
        'border-width': 2,
        'border-color': colour('edge'),
        label: 'data(label)',
        'text-wrap': 'wrap',
        'text-valign': 'bottom',
        'text-margin-y': 5,
        'font-size': 12,
        'font-weight': 500,
        'line-height': 1.2,
        color: colour('ink'),
      },
    },
    { selector: 'node.above', style: { 'text-valign': 'top', 'text-margin-y': -5 } },
    {
      selector: 'node.beside',
      style: { 'text-halign': 'right', 'text-valign': 'center', 'text-margin-y': 0, 'text-margin-x': 5 },
    },
    { selector: 'node.person', style: { shape: 'ellipse' } },
    {
      selector: 'node.blocked',
      style: { 'border-color': colour('match'), 'background-color': colour('match-soft') },
    },
    { selector: 'node.listed', style: { 'border-width': 4, 'border-style': 'double' } },
    { selector: 'node.possible', style: { 'border-color': colour('mark-edge'), 'border-style': 'dashed' } },
    {
      selector: 'edge',
      style: {
        ...paper,
        width: 1.5,
        'line-color': colour('edge'),
        'target-arrow-color': colour('edge'),
        'source-arrow-color': colour('edge'),
        'target-arrow-shape': 'vee',
        'curve-style': 'bezier',
        label: 'data(label)',
        'font-size': 11,
        color: colour('soft'),
      },
    },
    {
      selector: 'edge.ownership',
      style: {
        width: 3,
        'target-arrow-shape': 'triangle',
        'font-size': 12,
        'font-weight': 600,
        color: colour('ink'),
      },
    },
    { selector: 'edge.family', style: { 'target-arrow-shape': 'circle', 'source-arrow-shape': 'circle' } },
    { selector: 'edge.other', style: { 'target-arrow-shape': 'triangle', 'target-arrow-fill': 'hollow' } },
    { selector: 'edge.doubtful', style: { 'line-style': 'dashed' } },
    { selector: 'node:selected', style: { 'border-color': colour('accent'), 'border-width': 4 } },
    {
      selector: 'edge:selected',
      style: {
        width: 3.5,
        'line-color': colour('accent'),
        'target-arrow-color': colour('accent'),
        color: colour('accent'),
        'font-weight': 700,
      },
    },
    { selector: ':active', style: { 'overlay-opacity': 0.06 } },
  ];
}

export interface Drawing {
  /** Marks the line that holds a relation. */
  select: (relation: number | null) => void;
  repaint: () => void;
  fit: () => void;
  zoom: (by: number) => void;
  destroy: () => void;
}

export type Picked = { party: string } | { relations: number[] };

/** Draws a network. The drawing repeats what the table below it says, and takes no keyboard focus. */
export async function draw(
  container: HTMLElement,
  parties: NetworkParty[],
  relations: Relation[],
  onPick: (picked: Picked | null) => void,
): Promise<Drawing> {
  const { default: cytoscape } = await import('cytoscape');
  // Cytoscape would write a <style> element, which the server's policy refuses; its one rule stands in our own style.
  const id = '__________cytoscape_stylesheet';
  if (!document.getElementById(id))
    document.head.append(Object.assign(document.createElement('meta'), { id }));
  const { clientWidth: width, clientHeight: height } = container;
  const owned = relations.some((relation) => relation.schema === 'Ownership');
  const narrow = width < NARROW && !owned;
  // Beyond that nobody reads names; springs then show at least who hangs together.
  const place = owned ? storeys : narrow ? columns : ellipses;
  const places = parties.length > 60 ? null : place(parties, relations, width, height);
  const cose = { name: 'cose', randomize: false, animate: false, padding: 28 } as const;
  const cy: Core = cytoscape({
    container,
    elements: elements(parties, relations, places, narrow),
    style: styles(),
    layout: places ? { name: 'preset', fit: false } : cose,
    minZoom: 0.2,
    maxZoom: 2.5,
    userZoomingEnabled: false,
    selectionType: 'single',
  });
  const lines = bundles(relations);
  cy.on('tap', (event) => {
    if (event.target === cy) return onPick(null);
    const [kind, ...rest] = (event.target.id() as string).split(' ');
    onPick(
      kind === 'party' ? { party: rest.join(' ') } : { relations: lines[Number(rest[0])]?.relations ?? [] },
    );
  });
  const fit = () => cy.fit(undefined, 24);
  const bounds = cy.elements().boundingBox();
  if (bounds.x1 < 0 || bounds.y1 < 0 || bounds.x2 > width || bounds.y2 > height) fit();
  // A telephone that is turned: cytoscape follows its place's size, and what was drawn would be cut off.
  cy.on('resize', fit);
  return {
    select: (relation) => {
      cy.elements().unselect();
      if (relation !== null)
        cy.getElementById(`line ${lines.findIndex((line) => line.relations.includes(relation))}`).select();
    },
    repaint: () => void cy.style(styles()),
    fit,
    zoom: (by) =>
      cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } }),
    destroy: () => cy.destroy(),
  };
}
