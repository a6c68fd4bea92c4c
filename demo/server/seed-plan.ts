/** The artifacts of the demo, where they come from and where they are deployed. */

/** How the files of an artifact differ between its source, its collections and its projects. */
export interface FileMix {
  readonly modified: readonly string[];
  readonly added: readonly string[];
  readonly deleted: readonly string[];
  readonly unchanged: readonly string[];
  /** A modified file whose diff is very large in every scope. */
  readonly large?: string;
}

/** One artifact as it is seeded. */
export interface ArtifactPlan {
  readonly type: 'skill' | 'command' | 'agent';
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** `owner/repository` of an artifact that follows an upstream; null: it exists in the collection alone. */
  readonly repository: string | null;
  readonly version: string;
  readonly tags: readonly string[];
  readonly requires: readonly string[];
  readonly files: FileMix;
  /** The page compares with the first one by default. */
  readonly projects: readonly string[];
}

/** The collections that hold every artifact, each with its own edits. */
export const collectionNames = ['default', 'staging'] as const;

/** The collection of a request that names none. */
export const defaultCollection = collectionNames[0];

/** Every project, deployed to or not. */
export const projectNames = [
  'atlas-web',
  'billing-service',
  'data-pipeline',
  'field-notes',
  'growth-site',
  'ops-console',
  'sandbox',
] as const;

const topics = ['accounts', 'audit', 'billing', 'catalog', 'events', 'ledger', 'orders', 'sessions'];

function filesIn(folder: string, extension: string, suffix = ''): string[] {
  return topics.map((topic) => `${folder}/${topic}${suffix}.${extension}`);
}

/** All artifacts, in the order of the list. */
export const artifactPlans: readonly ArtifactPlan[] = [
  {
    type: 'skill',
    name: 'pocket-notes',
    title: 'Pocket notes',
    description: 'Keeps short working notes beside the code and turns them into a hand-over.',
    repository: 'north-harbor/skills',
    version: 'v1.4.0',
    tags: ['writing', 'hand-over'],
    requires: [],
    files: {
      modified: ['SKILL.md', 'templates/daily.md'],
      added: [],
      deleted: [],
      unchanged: ['templates/hand-over.md'],
    },
    projects: ['field-notes', 'sandbox'],
  },
  {
    type: 'skill',
    name: 'team-playbook',
    title: 'Team playbook',
    description: 'How the team plans, reviews and ships, in a form that an assistant can follow.',
    repository: 'north-harbor/skills',
    version: 'v3.2.1',
    tags: ['process', 'review', 'release'],
    requires: ['skill:pocket-notes'],
    files: {
      modified: ['SKILL.md', 'plays/incident.md', 'plays/planning.md', 'plays/review.md', 'settings/roles.yaml'],
      added: ['plays/retrospective.md'],
      deleted: ['plays/war-room.md'],
      unchanged: [
        'legal/license.md',
        'plays/release.md',
        'plays/welcome.md',
        'settings/calendar.yaml',
        'settings/names.yaml',
      ],
    },
    projects: ['atlas-web', 'billing-service', 'data-pipeline', 'field-notes', 'growth-site', 'ops-console'],
  },
  {
    type: 'skill',
    name: 'mega-migration',
    title: 'Mega migration',
    description: 'A large migration handbook: one recipe, script and check for every table of every service.',
    repository: 'north-harbor/migrations',
    version: 'v0.9.0',
    tags: ['database', 'migration'],
    requires: ['skill:team-playbook'],
    files: {
      modified: [
        'SKILL.md',
        ...filesIn('checks', 'yaml'),
        ...filesIn('guides', 'md'),
        ...filesIn('migrations', 'md', '-forward'),
        ...filesIn('migrations', 'md', '-backward'),
        ...filesIn('recipes', 'md'),
        ...filesIn('scripts', 'ts'),
        ...filesIn('settings', 'yaml'),
        ...filesIn('settings', 'yaml', '-limits').slice(0, 6),
      ],
      added: filesIn('guides', 'md', '-rollout').slice(0, 6),
      deleted: filesIn('recipes', 'md', '-legacy').slice(0, 5),
      unchanged: [...filesIn('notes', 'md'), 'legal/license.md'],
      large: 'appendix/full-history.md',
    },
    projects: ['data-pipeline', 'billing-service'],
  },
  {
    type: 'agent',
    name: 'review-buddy',
    title: 'Review buddy',
    description: 'Reads a change the way a patient colleague does and asks the two questions that matter.',
    repository: 'north-harbor/agents',
    version: 'v2.0.3',
    tags: ['review'],
    requires: ['skill:team-playbook'],
    files: { modified: [], added: [], deleted: [], unchanged: ['AGENT.md', 'questions.md', 'tone.md'] },
    projects: ['atlas-web', 'ops-console'],
  },
  {
    type: 'command',
    name: 'changelog-writer',
    title: 'Changelog writer',
    description: 'Writes the line for the changelog from the commits since the last tag.',
    repository: null,
    version: 'v0.3.0',
    tags: ['release', 'writing'],
    requires: [],
    files: { modified: ['COMMAND.md', 'styles.yaml'], added: [], deleted: [], unchanged: ['examples.md'] },
    projects: ['growth-site'],
  },
  {
    type: 'agent',
    name: 'paper-trail',
    title: 'Paper trail',
    description: 'Collects why a decision was taken. In the collection, not deployed anywhere yet.',
    repository: 'north-harbor/agents',
    version: 'v0.1.0',
    tags: ['decisions'],
    requires: [],
    files: { modified: ['AGENT.md'], added: [], deleted: [], unchanged: ['outline.md'] },
    projects: [],
  },
];
