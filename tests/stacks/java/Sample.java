import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.util.logging.LogManager;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** Starts a Tomcat for each folder that it is given, and prints its port; ends with its standard input. */
public class Sample extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getRequestURI()) {
            case "/ok" -> {
                response.setHeader("X-Total", "1");
                response.getWriter().print("ok");
            }
            case "/boom" -> throw new IllegalStateException("boom");
            case "/moved" -> response.sendRedirect("/ok");
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    public static void main(String[] folders) throws Exception {
        // The whole of it: the loggers of Tomcat's containers are made later.
        LogManager.getLogManager().reset();
        for (String folder : folders) {
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(folder);
            tomcat.setHostname("127.0.0.1");
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            Context context = tomcat.addWebapp("", new File(folder).getAbsolutePath());
            Tomcat.addServlet(context, "sample", new Sample());
            context.addServletMappingDecoded("/*", "sample");
            tomcat.start();
            System.out.println(tomcat.getConnector().getLocalPort());
        }
        System.out.flush();
        System.in.read();
        System.exit(0);
    }
}
