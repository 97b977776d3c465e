package io.autostack.reference;

import io.autostack.reference.GuestBook.Draft;
import io.autostack.reference.GuestBook.Entry;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The pages as HTML. Whatever came from outside goes through `text`.
final class Pages {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Pages() {}

    static String guestBook(Tenant tenant, List<Entry> entries, Draft draft, Map<String, String> mistakes) {
        return page(tenant.name() + ": guest book", """
                <p class="tenant">%s</p>
                <h1>Guest book</h1>
                %s
                %s
                <p class="note">This page is served by one process for all tenants. What you read was written to the database
                of %s alone.</p>
                """.formatted(
                        text(tenant.name()), form(draft, mistakes), list(entries), text(tenant.name())));
    }

    static String unknown(String host) {
        return page("Nobody lives here", """
                <h1>Nobody lives here</h1>
                <p>No tenant answers at <strong>%s</strong>. Look at how it is spelt; what was deleted for good does not
                come back.</p>
                """.formatted(text(host)));
    }

    static String notActive(Tenant tenant) {
        return page(tenant.name() + " is not available", """
                <h1>%s is not available</h1>
                <p>%s</p>
                """.formatted(text(tenant.name()), why(tenant.status())));
    }

    static String problem(String title, String explanation) {
        return page(title, "<h1>%s</h1>\n<p>%s</p>\n".formatted(text(title), text(explanation)));
    }

    private static String why(String status) {
        return switch (status) {
            case "provisioning" -> "It is being set up. This page works as soon as that is done.";
            case "suspended" ->
                "The operator of this platform has suspended it. What was written here is kept; the page works again"
                        + " once the operator resumes it.";
            case "closing" -> "It is being closed. If you need it, ask its owner.";
            case "closed" ->
                "It was closed, by its owner or by the operator of this platform, and nothing answers here any more. If"
                        + " you need it, ask its owner: for some time after closing it can still be reopened.";
            case "failed" ->
                "Setting it up failed, so there is no page here. The operator of this platform sees the reason.";
            default -> "The control plane says: " + text(status) + ".";
        };
    }

    private static String form(Draft draft, Map<String, String> mistakes) {
        return """
                <form method="post" action="/">
                  <label for="author">Your name</label>
                  <input id="author" name="author" required maxlength="%d" autocomplete="name" value="%s"%s>
                  %s<label for="message">Your message</label>
                  <textarea id="message" name="message" required maxlength="%d" rows="4"%s>
                %s</textarea>
                  %s<button>Write it down</button>
                </form>
                """.formatted(
                        Draft.MAX_AUTHOR_LENGTH,
                        text(draft.author()),
                        described("author", mistakes),
                        mistake("author", mistakes),
                        Draft.MAX_MESSAGE_LENGTH,
                        described("message", mistakes),
                        text(draft.message()),
                        mistake("message", mistakes));
    }

    private static String described(String field, Map<String, String> mistakes) {
        return mistakes.containsKey(field)
                ? " aria-invalid=\"true\" aria-describedby=\"%s-mistake\"".formatted(field)
                : "";
    }

    private static String mistake(String field, Map<String, String> mistakes) {
        var mistake = mistakes.get(field);
        if (mistake == null) return "";
        return "<p class=\"mistake\" id=\"%s-mistake\">%s</p>\n  ".formatted(field, text(mistake));
    }

    private static String list(List<Entry> entries) {
        if (entries.isEmpty()) return "<p class=\"empty\">Nobody has written anything yet. Be the first.</p>";
        var list = new StringBuilder("<ol class=\"entries\" reversed>\n");
        for (var entry : entries)
            list.append("""
                    <li>
                      <p class="message">%s</p>
                      <p class="by"><strong>%s</strong>, <time datetime="%s">%s</time></p>
                    </li>
                    """.formatted(
                            text(entry.message()),
                            text(entry.author()),
                            entry.writtenAt().toInstant().truncatedTo(ChronoUnit.SECONDS),
                            TIME.format(entry.writtenAt())));
        return list.append("</ol>").toString();
    }

    private static String page(String title, String body) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s</title>
                <link rel="stylesheet" href="/guestbook.css">
                </head>
                <body>
                <main>
                %s</main>
                </body>
                </html>
                """.formatted(text(title), body);
    }

    static String text(String raw) {
        var safe = new StringBuilder(raw.length() + 16);
        for (char c : raw.toCharArray()) {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }
}
