// AutoStack's own few lines. Every page works without them; they only save a click or a reload.
(() => {
    'use strict';

    const sentence = (text) => {
        const live = document.getElementById('announcements');
        if (live) live.textContent = text;
    };

    // Copy buttons are useless without a clipboard, so they are hidden until this runs.
    document.documentElement.classList.add('scripted');

    document.addEventListener('click', async (event) => {
        const button = event.target.closest?.('[data-copy]');
        if (!button) return;
        const label = button.querySelector('[data-copy-label]');
        try {
            await navigator.clipboard.writeText(button.dataset.copy);
            sentence('Copied');
            if (label) {
                const before = label.textContent;
                label.textContent = 'Copied';
                setTimeout(() => { label.textContent = before; }, 2000);
            }
        } catch {
            sentence('The browser did not allow copying. Select the text and copy it yourself.');
        }
    });

    // A session that has ended: what is on the page stays, with the way to sign in and come back to it.
    let signedOut = false;
    const showSignIn = () => {
        signedOut = true;
        const box = document.getElementById('problem');
        if (!box) return;
        const message = document.createElement('p');
        message.className = 'message tone-bad';
        message.setAttribute('role', 'alert');
        const link = document.createElement('a');
        link.href = location.pathname + location.search;
        link.textContent = 'Sign in again';
        message.append('You are not signed in any more. ', link, ' to go on with this page.');
        box.replaceChildren(message);
    };

    document.addEventListener('htmx:before:response', (event) => {
        const response = event.detail?.ctx?.response;
        if ((response?.status ?? response?.raw?.status) !== 401) return;
        event.preventDefault();
        showSignIn();
    });

    document.addEventListener('htmx:sse:error', (event) => {
        if (event.detail?.status === 401) showSignIn();
    });

    document.addEventListener('htmx:sse:before:connection', (event) => {
        if (signedOut) event.preventDefault();
    });

    // Server errors are not swapped in; without a word the button would look dead.
    document.addEventListener('htmx:response:error', (event) => {
        const status = event.detail?.ctx?.response?.status ?? 0;
        if (status < 500) return;
        const box = document.getElementById('problem');
        if (!box) return;
        const message = document.createElement('p');
        message.className = 'message tone-bad';
        message.setAttribute('role', 'alert');
        message.textContent = 'The server could not answer. Please reload the page to see where things stand.';
        box.replaceChildren(message);
    });

    const focusSummary = (root) => root?.querySelector?.('[data-error-summary]')?.focus();

    // A list that was searched: the address is that of what is shown, to reload and to share, and what was found is said.
    const showList = (list) => {
        if (list.dataset.address) history.replaceState(history.state, '', list.dataset.address);
        document.getElementById('problem')?.replaceChildren();
        sentence(list.querySelector('.found, .empty h2')?.firstChild?.textContent ?? '');
    };

    document.addEventListener('htmx:after:swap', (event) => {
        const target = event.detail?.ctx?.target;
        const list = target?.matches?.('[data-list]') ? document.getElementById(target.id) : null;
        if (list) showList(list);
        else focusSummary(target ?? document);
    });

    // The stream ended because the work is over: the rest of the page may have changed with it.
    document.addEventListener('htmx:sse:close', (event) => {
        if (event.detail?.reason === 'message' && event.target.closest?.('[data-reload-when-done]')) location.reload();
    });

    const lasted = (seconds) => {
        if (seconds < 60) return `${seconds} s`;
        if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
        return `${Math.floor(seconds / 3600)} h ${String(Math.floor(seconds / 60) % 60).padStart(2, '0')} min`;
    };

    const tick = () => {
        for (const clock of document.querySelectorAll('[data-since]')) {
            const seconds = Math.max(0, Math.round((Date.now() - Date.parse(clock.dataset.since)) / 1000));
            clock.textContent = lasted(seconds);
        }
    };
    setInterval(tick, 1000);
    tick();

    document.querySelector('main > [data-error-summary], #list > [data-error-summary]')?.focus();
})();
