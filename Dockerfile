FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/M10Bot -c Release -o /app --property:UseArtifactsOutput=false

# The simulator for the try-out mode serves a page, so the ASP.NET runtime is needed.
FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /srv
COPY --from=build /app /app
RUN mkdir -p /srv/data && chown -R $APP_UID /srv/data
USER $APP_UID
VOLUME /srv/data
ENTRYPOINT ["dotnet", "/app/M10Bot.dll"]
