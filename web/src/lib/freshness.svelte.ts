import { lists, type ListState } from '../api.ts';

/** The lists that serve, as the head of every page shows them. */
export const served = $state<{ lists: ListState[]; error: unknown; asked: boolean }>({
  lists: [],
  error: null,
  asked: false,
});

export async function refresh(): Promise<void> {
  try {
    served.lists = (await lists()).lists;
    served.error = null;
  } catch (error) {
    served.error = error;
  }
  served.asked = true;
}
