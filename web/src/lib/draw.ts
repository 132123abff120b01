import type { Core, ElementDefinition, StylesheetStyle } from 'cytoscape';
import type { NetworkParty, Relation } from '../api.ts';

/** What a relation is called beside its line. */
export function relationName(relation: Relation): string {
  if (relation.share) return relation.holds === 'votes' ? `${relation.share} of the votes` : relation.share;
  const text = relation.role ?? relation.schema;
  return text.replace(/_/g, ' ').toLowerCase();
}

/** Ownership is drawn thick with a filled head, offices with an open one, kin with dots: never by colour alone. */
function kindOf(schema: string): string {
  if (schema === 'Ownership') return 'ownership';
  if (['Directorship', 'Employment', 'Membership', 'Representation'].includes(schema)) return 'office';
  return schema === 'Family' ? 'family' : 'other';
}

/** `SHIRINKAR, Mohammad Bagher` over two lines. */
function lettering(caption: string): string {
  const words = caption.split(' ');
  const lines = [''];
  for (const word of words) {
    const line = lines[lines.length - 1] ?? '';
    if (line && line.length + word.length > 18) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.slice(0, 3).join('\n');
}

function elements(parties: NetworkParty[], relations: Relation[]): ElementDefinition[] {
  const known = new Set(parties.map((party) => party.id));
  const nodes = parties.map((party) => ({
    data: { id: party.id, label: lettering(party.caption), distance: party.distance },
    classes: [party.verdict, party.listed ? 'listed' : '', party.schema === 'Person' ? 'person' : ''].join(
      ' ',
    ),
  }));
  const edges = relations.flatMap((relation, index) => {
    if (!known.has(relation.from) || !known.has(relation.to)) return [];
    const data = {
      id: `relation-${index}`,
      source: relation.from,
      target: relation.to,
      label: relationName(relation),
    };
    const doubtful = ['alleged', 'denied', 'unsubstantiated'].includes(relation.status ?? '');
    return [{ data, classes: `${kindOf(relation.schema)}${doubtful ? ' doubtful' : ''}` }];
  });
  return [...nodes, ...edges];
}

function styles(): StylesheetStyle[] {
  const root = getComputedStyle(document.documentElement);
  const colour = (name: string) => root.getPropertyValue(`--${name}`).trim();
  const font = getComputedStyle(document.body).fontFamily;
  return [
    {
      selector: 'node',
      style: {
        width: 34,
        height: 34,
        shape: 'round-rectangle',
        'background-color': colour('card'),
        'border-width': 2,
        'border-color': colour('edge'),
        label: 'data(label)',
        'text-wrap': 'wrap',
        'text-valign': 'bottom',
        'text-margin-y': 6,
        'font-family': font,
        'font-size': 12,
        'font-weight': 500,
        'line-height': 1.2,
        color: colour('ink'),
        'text-background-color': colour('card'),
        'text-background-opacity': 0.85,
        'text-background-padding': '2px',
      },
    },
    { selector: 'node.person', style: { shape: 'ellipse' } },
    {
      selector: 'node.blocked',
      style: { 'border-color': colour('match'), 'background-color': colour('match-soft') },
    },
    { selector: 'node.listed', style: { 'border-width': 3, 'border-style': 'double' } },
    { selector: 'node.possible', style: { 'border-color': colour('mark-edge'), 'border-style': 'dashed' } },
    {
      selector: 'edge',
      style: {
        width: 1.5,
        'line-color': colour('edge'),
        'target-arrow-color': colour('edge'),
        'source-arrow-color': colour('edge'),
        'target-arrow-shape': 'vee',
        'curve-style': 'bezier',
        'control-point-step-size': 44,
        label: 'data(label)',
        'font-family': font,
        'font-size': 10.5,
        color: colour('soft'),
        'text-rotation': 'autorotate',
        'text-background-color': colour('card'),
        'text-background-opacity': 1,
        'text-background-padding': '2px',
      },
    },
    {
      selector: 'edge.ownership',
      style: { width: 3, 'target-arrow-shape': 'triangle', 'font-weight': 600, color: colour('ink') },
    },
    { selector: 'edge.family', style: { 'target-arrow-shape': 'circle', 'source-arrow-shape': 'circle' } },
    { selector: 'edge.other', style: { 'target-arrow-shape': 'triangle', 'target-arrow-fill': 'hollow' } },
    { selector: 'edge.doubtful', style: { 'line-style': 'dashed' } },
    {
      selector: ':selected',
      style: {
        'line-color': colour('accent'),
        'target-arrow-color': colour('accent'),
        'border-color': colour('accent'),
      },
    },
    { selector: 'edge:selected', style: { width: 4, color: colour('accent'), 'font-weight': 700 } },
    { selector: 'node:selected', style: { 'border-width': 4 } },
    { selector: 'node:active', style: { 'overlay-opacity': 0.08 } },
  ];
}

export interface Drawing {
  select: (relation: number | null) => void;
  repaint: () => void;
  fit: () => void;
  zoom: (by: number) => void;
  destroy: () => void;
}

/** Draws a network. The drawing repeats what the table below it says, and takes no keyboard focus. */
export async function draw(
  container: HTMLElement,
  parties: NetworkParty[],
  relations: Relation[],
  centre: string,
  onPick: (picked: { party?: string; relation?: number } | null) => void,
): Promise<Drawing> {
  const { default: cytoscape } = await import('cytoscape');
  // Cytoscape would write a <style> element, which the server's policy refuses; its one rule stands in our own style.
  const id = '__________cytoscape_stylesheet';
  if (!document.getElementById(id))
    document.head.append(Object.assign(document.createElement('meta'), { id }));
  const ownership = relations.some((relation) => relation.schema === 'Ownership');
  const layout =
    ownership && parties.length <= 60
      ? ({ name: 'breadthfirst', directed: true, spacingFactor: 1.35, avoidOverlap: true } as const)
      : parties.length <= 40
        ? ({
            name: 'concentric',
            concentric: (node: { data: (key: string) => number }) => -node.data('distance'),
            levelWidth: () => 1,
            minNodeSpacing: 70,
            startAngle: -Math.PI / 2.6,
          } as const)
        : ({
            name: 'cose',
            randomize: false,
            animate: false,
            nodeRepulsion: () => 400_000,
            idealEdgeLength: () => 110,
          } as const);
  const cy: Core = cytoscape({
    container,
    elements: elements(parties, relations),
    style: styles(),
    layout: { ...layout, padding: 28, fit: true } as never,
    minZoom: 0.2,
    maxZoom: 2.5,
    userZoomingEnabled: false,
    selectionType: 'single',
  });
  // What is small is not blown up.
  if (cy.zoom() > 1.25) {
    cy.zoom(1.25);
    cy.center();
  }
  cy.getElementById(centre).addClass('centre');
  cy.on('tap', (event) => {
    if (event.target === cy) return onPick(null);
    const picked: string = event.target.id();
    onPick(event.target.isNode() ? { party: picked } : { relation: Number(picked.replace('relation-', '')) });
  });
  return {
    select: (relation) => {
      cy.elements().unselect();
      if (relation !== null) cy.getElementById(`relation-${relation}`).select();
    },
    repaint: () => void cy.style(styles()),
    fit: () => cy.fit(undefined, 28),
    zoom: (by) =>
      cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } }),
    destroy: () => cy.destroy(),
  };
}
