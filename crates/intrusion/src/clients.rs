//! Who asks: addresses, agents, and clients, which are an address with an agent.

use std::net::IpAddr;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::intern::{Interner, hash};
use crate::lookups::Lookup;

/// Pages that are remembered of one client; a browser's history is not longer where it matters.
const PAGES: usize = 64;

/// Words by which crawlers call themselves.
const CRAWLERS: [&[u8]; 6] = [b"bot", b"crawler", b"spider", b"slurp", b"archiver", b"fetcher"];

/// What is kept of a client: 120 bytes, and its pages.
#[derive(Clone, Debug, Default)]
pub(crate) struct Client {
    address: u32,
    agent: u32,
    pub(crate) assets: u32,
    /// Of the last asset.
    pub(crate) last_asset: u32,
    /// The last two look-ups: what a browser loads may follow them. Those with the count 0 are none.
    pub(crate) waiting: [Lookup; 2],
    pages: Vec<u32>,
    pub(crate) robots: bool,
}

impl Client {
    /// Lets a look-up wait, and gives back the one that has waited longest.
    pub(crate) fn wait(&mut self, lookup: Lookup) -> Option<Lookup> {
        let [before, last] = self.waiting;
        self.waiting = [last, lookup];
        (before.count > 0).then_some(before)
    }

    pub(crate) fn visit(&mut self, page: u32) {
        if !self.pages.contains(&page) {
            if self.pages.len() == PAGES {
                self.pages.remove(0);
            }
            self.pages.push(page);
        }
    }

    pub(crate) fn visited(&self, page: u32) -> bool {
        self.pages.contains(&page)
    }
}

/// All clients.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clients {
    addresses: Interner,
    agents: Interner,
    by_who: FxHashMap<(u32, u32), u32>,
    all: Vec<Client>,
    /// Agents that say they are crawlers.
    crawlers: FxHashSet<u32>,
    any_assets: bool,
    last: (u32, u32, u32),
}

impl Clients {
    /// The client of an address and agent.
    pub(crate) fn client(&mut self, address: &[u8], agent: &[u8]) -> u32 {
        let who = (self.addresses.intern(address), self.intern_agent(agent));
        if !self.all.is_empty() && (self.last.0, self.last.1) == who {
            return self.last.2;
        }
        let next = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let client = *self.by_who.entry(who).or_insert(next);
        if client == next {
            self.all.push(Client { address: who.0, agent: who.1, ..Client::default() });
        }
        self.last = (who.0, who.1, client);
        client
    }

    fn intern_agent(&mut self, agent: &[u8]) -> u32 {
        let before = self.agents.len();
        let n = self.agents.intern(agent);
        if self.agents.len() > before {
            let agent = agent.to_ascii_lowercase();
            if CRAWLERS.iter().any(|word| memchr::memmem::find(&agent, word).is_some()) {
                self.crawlers.insert(n);
            }
        }
        n
    }

    pub(crate) fn get_mut(&mut self, client: u32) -> Option<&mut Client> {
        self.all.get_mut(client as usize)
    }

    fn get(&self, client: u32) -> Option<&Client> {
        self.all.get(client as usize)
    }

    /// Notes that the log shows pictures, styles or scripts.
    pub(crate) fn note_assets(&mut self) {
        self.any_assets = true;
    }

    pub(crate) fn any_assets(&self) -> bool {
        self.any_assets
    }

    pub(crate) fn address(&self, client: u32) -> u32 {
        self.get(client).map_or(0, |c| c.address)
    }

    pub(crate) fn agent(&self, client: u32) -> u32 {
        self.get(client).map_or(0, |c| c.agent)
    }

    pub(crate) fn assets(&self, client: u32) -> u32 {
        self.get(client).map_or(0, |c| c.assets)
    }

    /// The search bots: agents that say so, from networks from which they asked for `robots.txt`, since large ones share the work
    /// among addresses.
    pub(crate) fn crawlers(&self) -> Crawlers {
        let asked = self.all.iter().filter(|c| c.robots && self.crawlers.contains(&c.agent));
        let (addresses, blocks) = asked.map(|c| (c.address, (c.agent, self.block(c.address)))).unzip();
        Crawlers { addresses, blocks }
    }

    /// Whether a client is one of them.
    pub(crate) fn is_crawler(&self, client: u32, crawlers: &Crawlers) -> bool {
        let agent = self.agent(client);
        self.crawlers.contains(&agent) && crawlers.blocks.contains(&(agent, self.block(self.address(client))))
    }

    pub(crate) fn address_text(&self, address: u32) -> String {
        self.addresses.text(address)
    }

    pub(crate) fn agent_text(&self, agent: u32) -> String {
        self.agents.text(agent)
    }

    /// The network of an address: its /24, or /48 of IPv6. `None`: it is no address (a name, or masked).
    pub(crate) fn block(&self, address: u32) -> Option<String> {
        let text = std::str::from_utf8(self.addresses.get(address)).ok()?;
        match text.parse::<IpAddr>().ok()?.to_canonical() {
            IpAddr::V4(v4) => {
                let [a, b, c, _] = v4.octets();
                Some(format!("{a}.{b}.{c}.0/24"))
            }
            IpAddr::V6(v6) => {
                let [a, b, c, ..] = v6.segments();
                Some(format!("{a:x}:{b:x}:{c:x}::/48"))
            }
        }
    }

    /// The look-ups that wait.
    pub(crate) fn waiting(&mut self) -> impl Iterator<Item = &mut Lookup> {
        self.all.iter_mut().flat_map(|client| &mut client.waiting).filter(|lookup| lookup.count > 0)
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }
}

/// Search bots, by where they asked for `robots.txt`.
pub(crate) struct Crawlers {
    addresses: FxHashSet<u32>,
    blocks: FxHashSet<(u32, Option<String>)>,
}

impl Crawlers {
    /// Whether one asked from that very address.
    pub(crate) fn comes_from(&self, address: u32) -> bool {
        self.addresses.contains(&address)
    }
}

/// A page by number. 32 bits: a collision in one client's handful is no matter.
pub(crate) fn page(path: &[u8]) -> u32 {
    let hash = hash(path);
    u32::try_from((hash ^ (hash >> 32)) & 0xFFFF_FFFF).unwrap_or(0)
}
