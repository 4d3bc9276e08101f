// The live feed. Each time it opens the world is read anew, so what was missed while it was away is there.

export function follow({ reload, onEvent, tellState }) {
  let waiting = null; // events that came while the world is being read
  tellState('connecting');
  const source = new EventSource('/page/feed');

  source.onopen = async () => {
    waiting = [];
    try {
      await reload();
      tellState('live');
    } catch {
      again();
      return;
    }
    const missed = waiting;
    waiting = null;
    missed.forEach(onEvent);
  };

  source.onmessage = e => {
    const event = JSON.parse(e.data);
    if (waiting) {
      waiting.push(event);
    } else {
      onEvent(event);
    }
  };

  // The browser tries again by itself, except after a refusal.
  source.onerror = () => {
    tellState('waiting');
    if (source.readyState === EventSource.CLOSED) {
      again();
    }
  };

  function again() {
    source.close();
    tellState('waiting');
    setTimeout(() => follow({ reload, onEvent, tellState }), 2000);
  }
}
