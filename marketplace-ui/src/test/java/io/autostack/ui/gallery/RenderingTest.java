package io.autostack.ui.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RenderingTest {

    @Test
    void every_page_has_one_heading_and_one_main_part() throws IOException {
        var folder = Files.createDirectories(Path.of("target/gallery"));
        Files.writeString(folder.resolve("gallery.html"), Gallery.overview().render());
        for (var page : Gallery.pages().entrySet()) {
            var html = page.getValue().render();
            Files.writeString(folder.resolve(page.getKey() + ".html"), html);
            var document = Jsoup.parse(html);

            assertThat(document.select("h1")).as(page.getKey()).hasSize(1);
            assertThat(document.select("main")).as(page.getKey()).hasSize(1);
        }
    }
}
