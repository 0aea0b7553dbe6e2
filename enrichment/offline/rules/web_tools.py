"""Names of the frameworks and libraries that programs are built with.

How they are written: see `enrichment/offline/rules/language_names.py`.
"""

from __future__ import annotations

WEB_TOOLS = """
!React: REACT; React.js; ReactJS; React JS
React Native
!Redux: Redux Toolkit
!Angular: AngularJS; Angular.js; Angular 2
Vue.js: !Vue; VueJS; Vue 3; Vue 2
Svelte
Next.js: NextJS
Nuxt: Nuxt.js; NuxtJS
Node.js: !Node; NodeJS; Node JS
?Express: Express.js; ExpressJS
NestJS: Nest.js
jQuery
!Bootstrap
Tailwind: Tailwind CSS; TailwindCSS
Webpack
!Babel: BabelJS
!Gulp
!Grunt
npm
!Yarn
!Ajax: AJAX
!Spring: Spring Framework; !SPRING; Spring Cloud; Spring Security; Spring Batch; Spring Data
Spring Boot: SpringBoot
Spring MVC
Java EE: JavaEE; J2EE; JEE; Jakarta EE
Hibernate
!Maven: Apache Maven
Gradle
Tomcat: Apache Tomcat
JBoss: WildFly
!Struts
!Camel: Apache Camel
Quarkus
Micronaut
Vert.x
RxJava: Rx Java
.NET: dotnet; dot net; ASP.NET; .NET Framework; ASP.NET MVC
.NET Core: dotnet core; ASP.NET Core
ASP.NET Web API: .NET WebAPI; .NET Web API; ASP.NET WebAPI
Entity Framework
WPF
Blazor
Xamarin
Django: Django REST Framework
!Flask
FastAPI
SQLAlchemy
!Celery
Laravel
Symfony: Symfony2; Symfony 4
Zend: Zend Framework
Magento: Adobe Commerce
WordPress
Drupal
TYPO3
Joomla
Shopify
WooCommerce
PrestaShop
Strapi
Ruby on Rails: !Rails; RoR
!Ionic
Cordova: PhoneGap
Flutter
SwiftUI
!Unity: Unity3D; Unity 3D
Unreal Engine
iOS
Android: Android SDK
!REST: RESTful; REST API; REST APIs; RESTful API; RESTful APIs
!SOAP: SOAP API
gRPC
Swagger: OpenAPI; Open API
Storybook
Firebase
Parse Platform
SAPUI5: SAP UI5; UI5
WebGL
WebRTC
Three.js: ThreeJS
D3.js: D3JS
Ember.js: EmberJS
Backbone.js: BackboneJS
Knockout.js: KnockoutJS
Gatsby: GatsbyJS; Gatsby.js
Vite.js: ViteJS
RxJS
NgRx
MobX
Vuex
Pinia
Apollo GraphQL: Apollo Client; Apollo Server
Hasura
!Electron: Electron.js
Meteor.js: MeteorJS
Socket.IO
Material UI: MUI; Material-UI
ESLint
TypeORM
Sequelize
Mongoose
!Prisma
Akka
Play Framework
Netty
Vaadin
JSF: JavaServer Faces
JPA: Java Persistence API
JDBC
JMS: Java Message Service
GWT: Google Web Toolkit
jOOQ
MyBatis
Flyway
Liquibase
Lombok
Ktor
Retrofit
Dagger: Dagger 2
Jetpack Compose
RxSwift
UIKit
Xcode
Android Studio
LINQ
SignalR
WCF
WinForms: Windows Forms
Visual Studio
VS Code: Visual Studio Code
IntelliJ: IntelliJ IDEA
!Eclipse: Eclipse IDE
Umbraco
Sitecore
Kentico
Episerver: Optimizely
Adobe Experience Manager: AEM
Contentful
Liferay
Akeneo
SAP Commerce: Hybris; SAP Hybris
Yii: Yii2
CodeIgniter
CakePHP
Doctrine ORM: Doctrine2
Gunicorn
asyncio
!Qt: Qt5; Qt Quick; QML
CMake
OpenGL
Vulkan
DirectX
JSON
XML: XSD
YAML
Protobuf: Protocol Buffers
WebSocket: WebSockets
OAuth: OAuth2; OAuth 2; OAuth 2.0
OpenID Connect: OIDC
SAML
JWT: JSON Web Token; JSON Web Tokens
MQTT
AMQP
"""
