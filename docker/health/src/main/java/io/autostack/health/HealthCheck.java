package io.autostack.health;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Asks an address of this container and ends with 0 if the answer is 200, otherwise with 1 and a word about it.
///
/// An image need not hold a program that could ask, and the JDK's client for HTTP takes ten times as long to load as to
/// ask: this runs every few seconds for as long as the container lives.
public final class HealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private HealthCheck() {}

    public static void main(String[] arguments) {
        var verdict = ask(URI.create(arguments[0]));
        System.out.println(verdict);
        System.exit(verdict.endsWith(" 200") ? 0 : 1);
    }

    /// The address and the status it answers, or what was in the way.
    static String ask(URI address) {
        try (var socket = new Socket()) {
            int patience = Math.toIntExact(PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), patience);
            socket.setSoTimeout(patience);
            var question = "GET %s HTTP/1.0\r\nHost: %s\r\nConnection: close\r\n\r\n"
                    .formatted(address.getRawPath(), address.getRawAuthority());
            socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1), 256);
            var status = answer.readLine();
            return status == null || !status.matches("HTTP/1\\.[01] \\d{3}.*")
                    ? address + " does not speak HTTP"
                    : address + " " + status.substring(9, 12);
        } catch (IOException e) {
            return address + " does not answer: " + e.getMessage();
        }
    }
}
