package io.autostack.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitUntilState;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A person with a browser, who clicks and reads, and notices what no page may ever do.
final class Visitor implements AutoCloseable {

    private static final int WIDE = 1280;
    private static final int NARROW = 360;
    private static final int HIGH = 800;
    private static final int PATIENCE = 20_000;
    private static final Pattern EXPECTED_STATUS = Pattern.compile(".*status of (403|404|409|422) .*");

    private final BrowserContext context;
    private final Product product;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    Visitor(BrowserContext context, Product product) {
        this.context = context;
        this.product = product;
        context.setDefaultTimeout(PATIENCE);
        this.page = context.newPage();
        page.onConsoleMessage(this::listen);
        page.onPageError(error -> complaints.add("script error: " + error));
        page.onRequest(request -> requests.add(request.url()));
    }

    static Browser.NewContextOptions wishes(Product product) {
        return new Browser.NewContextOptions()
                .setBaseURL(product.portal())
                .setViewportSize(WIDE, HIGH)
                .setLocale("en-GB");
    }

    Page page() {
        return page;
    }

    /// Addresses the browser asked for so far, in their order.
    List<String> requests() {
        return List.copyOf(requests);
    }

    void opens(String address) {
        page.navigate(address, new Page.NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
    }

    void follows(String link) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true))
                .first()
                .click();
    }

    void presses(String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    void fillsIn(String label, String value) {
        field(label).fill(value);
    }

    Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    /// The row of a table that begins with the words.
    Locator row(String header) {
        return page.locator("tr")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.ROWHEADER, new Page.GetByRoleOptions().setName(header).setExact(true))));
    }

    Locator text(String words) {
        return page.getByText(words);
    }

    Locator main() {
        return page.locator("main");
    }

    void signsIn(String person) {
        opens("/");
        follows("Sign in");
        identifies(person);
    }

    /// At the identity provider, which is somebody else's page.
    void identifies(String person) {
        page.locator("#username").fill(person);
        page.locator("#password").fill(product.password(person));
        page.locator("#kc-login").click();
        page.waitForURL(address -> address.startsWith(product.portal()));
    }

    void signsOut() {
        presses("Sign out");
        sees("Every tenant its own database. One place to run them all.");
    }

    /// The page with that heading has come, and is as every page must be.
    void sees(String heading) {
        var headings = page.locator("h1");
        assertThat(headings).hasText(heading);
        assertThat(headings).hasCount(1);
        assertThat(unlabelledFields()).as("fields without a label on “%s”", heading).isEmpty();
        page.setViewportSize(NARROW, HIGH);
        assertThat(width()).as("width of “%s” in a window of %d", heading, NARROW).isLessThanOrEqualTo(NARROW);
        assertThat(brokenWords()).as("words broken in tables of “%s” in a window of %d", heading, NARROW).isEmpty();
        page.setViewportSize(WIDE, HIGH);
    }

    /// What the console said about our own pages.
    void hasNothingToComplainAbout() {
        assertThat(complaints).as("errors in the browser's console").isEmpty();
    }

    @Override
    public void close() {
        context.close();
    }

    private void listen(ConsoleMessage message) {
        boolean ours = !message.location().startsWith(product.issuer());
        // A refused form is answered with a status which Chromium mentions, rightly so.
        boolean expected = EXPECTED_STATUS.matcher(message.text()).matches();
        if (ours && !expected && message.type().equals("error")) complaints.add(message.location() + ": " + message.text());
    }

    private List<?> unlabelledFields() {
        return (List<?>) page.locator("input:not([type=hidden]), select, textarea")
                .evaluateAll("fields => fields.filter(field => field.labels.length === 0"
                        + " && !field.getAttribute('aria-label')).map(field => field.outerHTML)");
    }

    private int width() {
        return ((Number) page.locator("html").evaluate("root => root.scrollWidth")).intValue();
    }

    /// Words that fit into a column and are broken into two lines all the same.
    private List<?> brokenWords() {
        return (List<?>) page.locator("th, td").evaluateAll("""
                cells => cells.flatMap(cell => {
                    const broken = [];
                    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
                    while (texts.nextNode())
                        for (const word of texts.currentNode.data.matchAll(/\\S+/g)) {
                            const range = document.createRange();
                            range.setStart(texts.currentNode, word.index);
                            range.setEnd(texts.currentNode, word.index + word[0].length);
                            const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
                            if (lines.size > 1 && /^[^-–—/]{1,20}$/.test(word[0])) broken.push(word[0]);
                        }
                    return broken;
                })""");
    }
}
