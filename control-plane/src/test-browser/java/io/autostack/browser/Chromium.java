package io.autostack.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The browser of this machine, without a window.
public final class Chromium implements AutoCloseable {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium launch() {
        var program = onPath();
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            return new Chromium(
                    playwright,
                    playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(program)
                                    .setArgs(arguments())));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    /// Somebody who opens the portal for the first time.
    Visitor visitor(Product product) {
        return new Visitor(browser.newContext(Visitor.wishes(product)), product);
    }

    Visitor visitorWithoutJavaScript(Product product) {
        return new Visitor(browser.newContext(Visitor.wishes(product).setJavaScriptEnabled(false)), product);
    }

    @Override
    public void close() {
        try {
            browser.close();
        } finally {
            playwright.close();
        }
    }

    private static Path onPath() {
        var folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
        for (var name : NAMES)
            for (var folder : folders) {
                var program = Path.of(folder, name);
                if (!folder.isEmpty() && Files.isExecutable(program)) return program;
            }
        throw new IllegalStateException("these tests click through the product in Chromium, and none of "
                + String.join(", ", NAMES) + " is on the PATH. On Debian: apt-get install chromium");
    }

    private static List<String> arguments() {
        var arguments = new ArrayList<>(List.of(
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync"));
        // Chromium's sandbox refuses to work for root.
        if (isRoot()) arguments.add("--no-sandbox");
        return arguments;
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
